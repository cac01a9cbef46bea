import type { BoardStore } from '../client/boardStore.ts';
import type { Request } from '../protocol/model.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';

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
    const now = board.board.requests.get(request.id);
    if (now?.status !== 'open') interrupt('settled');
    else if (whatIsAsked(now) !== whatIsAsked(request)) interrupt('changed');
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

/** All that the person decides by, as a text that is the same as long as that is. */
export function whatIsAsked({ kind, question, permission, choices, multiple }: Request): string {
  return JSON.stringify([kind, question, permission, choices, multiple]);
}
