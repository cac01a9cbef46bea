import type { BoardStore } from '../../client/boardStore.ts';
import type { Request } from '../../protocol/model.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';

/** Why a prompt about a request is closed: the request is closed, it has changed, or the user skips it. */
export type Interruption = 'settled' | 'changed' | 'skipped';

/** Watches a request while the user is asked about it. */
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

  function check(): void {
    const now = answerable(board, request.id);
    if (now === undefined) interrupt('settled');
    else if (!isSameAsk(now, request)) interrupt('changed');
  }

  store.add(board.onDidChange(check));
  store.add(board.onDidReplace(check));
  return {
    signal: controller.signal,
    get interruption() {
      return interruption;
    },
    interrupt,
    dispose: () => store.dispose(),
  };
}

/** The request, if the hub accepts an answer: it is open, or it has expired and gets a late answer. */
export function answerable(board: Pick<BoardStore, 'board' | 'expired'>, requestId: string): Request | undefined {
  const request = board.board.requests.get(requestId);
  if (request !== undefined) return request.status === 'open' ? request : undefined;
  return board.expired.get(requestId);
}

/** Whether both versions of a request ask the same. */
export function isSameAsk(now: Request, before: Request): boolean {
  // The number of uses is irrelevant once none of them waits.
  const withUses = now.status === 'open';
  return whatIsAsked(now, withUses) === whatIsAsked(before, withUses);
}

function whatIsAsked({ kind, question, permission, choices, multiple }: Request, withUses: boolean): string {
  const { uses, ...wanted } = permission ?? {};
  return JSON.stringify([kind, question, wanted, withUses && uses, choices, multiple]);
}
