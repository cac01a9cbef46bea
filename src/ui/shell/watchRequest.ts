import type { BoardStore } from '../../client/boardStore.ts';
import type { Request } from '../../protocol/model.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';

/** Why nobody waits for the person's word on a request any more: it is answered or gone, it asks something else now, or they skip it. */
export type Interruption = 'settled' | 'changed' | 'skipped';

/** Looks after a request as long as the person is asked about it. */
export interface Watch extends Disposable {
  /** Fires at the first interruption. */
  readonly signal: AbortSignal;
  readonly interruption: Interruption | undefined;
  interrupt(why: Interruption): void;
}

export function watchRequest(board: BoardStore, request: Request): Watch {
  const controller = new AbortController();
  const store = new DisposableStore();
  let interruption: Interruption | undefined;

  function interrupt(why: Interruption): void {
    if (interruption !== undefined) return;
    interruption = why;
    controller.abort();
  }

  function look(): void {
    const now = answerable(board, request.id);
    if (now === undefined) interrupt('settled');
    else if (!isSameAsk(now, request)) interrupt('changed');
  }

  store.add(board.onDidChange(look));
  store.add(board.onDidReplace(look));
  return {
    signal: controller.signal,
    get interruption() {
      return interruption;
    },
    interrupt,
    dispose: () => store.dispose(),
  };
}

/** The request, if an answer to it counts: it is open, or nobody waits for it any more and the answer is a late one. */
export function answerable(board: Pick<BoardStore, 'board' | 'expired'>, requestId: string): Request | undefined {
  const request = board.board.requests.get(requestId);
  if (request !== undefined) return request.status === 'open' ? request : undefined;
  return board.expired.get(requestId);
}

/** Says that the person would decide `now` by the same as they decide `before` by. */
export function isSameAsk(now: Request, before: Request): boolean {
  // For how many uses it was, no longer matters once none of them waits.
  const withUses = now.status === 'open';
  return whatIsAsked(now, withUses) === whatIsAsked(before, withUses);
}

function whatIsAsked({ kind, question, permission, choices, multiple }: Request, withUses: boolean): string {
  const { uses, ...wanted } = permission ?? {};
  return JSON.stringify([kind, question, wanted, withUses && uses, choices, multiple]);
}
