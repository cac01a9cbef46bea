import type { Board } from '../../../client/board.ts';
import type { BoardChange, BoardStore } from '../../../client/boardStore.ts';
import { DisposableStore } from '../../../util/lifecycle.ts';

/**
 * Resolves with the first result of `check` that is not `undefined`: it runs now and after every change (with its event) or replacement of
 * the board. Resolves with `undefined` once the signal is aborted.
 */
export function watchBoard<T>(
  store: BoardStore,
  signal: AbortSignal,
  check: (board: Board, event?: BoardChange['event']) => T | undefined,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    const own = new DisposableStore();
    const end = (result: T | undefined): void => {
      own.dispose();
      resolve(result);
    };
    const tryIt = (board: Board, event?: BoardChange['event']): void => {
      const found = check(board, event);
      if (found !== undefined) end(found);
    };
    const onAbort = (): void => end(undefined);
    signal.addEventListener('abort', onAbort);
    own.add({ dispose: () => signal.removeEventListener('abort', onAbort) });
    own.add(store.onDidChange(({ after, event }) => tryIt(after, event)));
    own.add(store.onDidReplace((board) => tryIt(board)));
    if (signal.aborted) end(undefined);
    else tryIt(store.board);
  });
}
