import type { BoardStore } from '../../client/boardStore.ts';
import type { Request } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { AnswerFlow } from '../answer/api.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** The dependencies of this feature. */
export interface ThreadsDeps {
  board: BoardStore;
  prompts: Prompts;
  answers: Pick<AnswerFlow, 'send'>;
  clock: Clock;
  /** Called once a tab was opened to which the keyboard goes. */
  keepInEditor(): void;
  /** Shows a failure to the user. */
  report: (error: unknown) => void;
  l10n: L10n;
}

export type ReviewVerdict = 'approve' | 'sendBack';

/** Requests with a location in the code, shown as comment threads there. */
export interface Threads extends Disposable {
  /** Sends the choice with this index of a question; not one that has just come, or moved. */
  choose(requestId: unknown, index: unknown): Promise<void>;
  /** Opens the location of a request, and of a review what has changed in that file since the last commit. @returns false if it has no location that can be shown */
  open(request: Request): Promise<boolean>;
  /**
   * Sends the text of a thread (`CommentReply`) as the answer, or as the note of a decision on a review. The id of a request in its place
   * decides on that review without a note, unless it has just come, or moved.
   */
  reply(argument: unknown, verdict?: ReviewVerdict): Promise<void>;
}
