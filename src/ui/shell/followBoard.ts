import type { BoardStore } from '../../client/boardStore.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';

/** Calls `look` now and after each change of the board or link. */
export function followBoard(board: BoardStore, listener: () => void): Disposable {
  const store = new DisposableStore();
  store.add(board.onDidChange(listener));
  store.add(board.onDidReplace(listener));
  store.add(board.onDidChangeLink(listener));
  listener();
  return store;
}
