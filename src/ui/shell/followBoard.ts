import type { BoardStore } from '../../client/boardStore.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';

/** Calls `look` now, and each time that the board or the link has changed. */
export function followBoard(board: BoardStore, look: () => void): Disposable {
  const store = new DisposableStore();
  store.add(board.onDidChange(look));
  store.add(board.onDidReplace(look));
  store.add(board.onDidChangeLink(look));
  look();
  return store;
}
