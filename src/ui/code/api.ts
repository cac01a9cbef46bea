import type { BoardStore } from '../../client/boardStore.ts';
import type { Request } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { AnswerFlow } from '../answer/api.ts';
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

export type ReviewVerdict = 'approve' | 'sendBack';

/** The requests that are about a place in the code, as threads there. */
export interface Threads extends Disposable {
  /** Goes to the place of a request. @returns false if it has none that can be shown */
  open(request: Request): Promise<boolean>;
  /** Sends what was written in a thread (`CommentReply`) as the answer, or with a verdict on a review. */
  reply(argument: unknown, verdict?: ReviewVerdict): Promise<void>;
}
