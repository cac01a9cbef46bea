import type { Board } from '../../../client/board.ts';
import type { BoardChange, BoardStore } from '../../../client/boardStore.ts';
import { DisposableStore } from '../../../util/lifecycle.ts';

/**
 * Looks at the board until `look` finds what is waited for: now, and after every change (with its event) or replacement. `undefined` once
 * the signal is aborted.
 */
export function watchBoard<T>(
  store: BoardStore,
  signal: AbortSignal,
  look: (board: Board, event?: BoardChange['event']) => T | undefined,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    const own = new DisposableStore();
    const end = (result: T | undefined): void => {
      own.dispose();
      resolve(result);
    };
    const tryIt = (board: Board, event?: BoardChange['event']): void => {
      const found = look(board, event);
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
