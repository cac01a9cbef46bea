import type { BoardStore } from '../../client/boardStore.ts';
import type { Request } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import { lazy } from '../../util/lazy.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { AnswerFlow } from '../answer/answerFlow.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** What threads in the code work with. */
export interface ThreadsDeps {
  board: BoardStore;
  prompts: Prompts;
  answers: Pick<AnswerFlow, 'send'>;
  clock: Clock;
  /** Shows the person a failure. */
  report: (error: unknown) => void;
  l10n: L10n;
}

export type Verdict = 'approve' | 'sendBack';

/** The requests that are about a place in the code, as threads there. */
export interface Threads extends Disposable {
  /** Goes to the place of a request. @returns false if it has none that can be shown */
  open(request: Request): Promise<boolean>;
  /** Sends what was written in a thread (`CommentReply`) as the answer, or with a verdict on a review. */
  reply(argument: unknown, verdict?: Verdict): Promise<void>;
}

/** A bundle of its own, loaded when the first request with a place appears: nothing else may import `threads/threads.ts`. */
export function loadThreads(deps: ThreadsDeps): Threads {
  const store = new DisposableStore();
  let wanted = false;
  const loaded = lazy(async () => store.add((await import('./codeThreads.ts')).createThreads(deps)));
  store.add(
    followBoard(deps.board, () => {
      if (wanted || ![...deps.board.board.requests.values()].some(({ place }) => place !== undefined)) return;
      wanted = true;
      loaded().catch((error: unknown) => {
        wanted = false;
        deps.report(error);
      });
    }),
  );
  return {
    open: async (request) => request.place !== undefined && (await loaded()).open(request),
    reply: async (...args) => (await loaded()).reply(...args),
    dispose: () => store.dispose(),
  };
}
