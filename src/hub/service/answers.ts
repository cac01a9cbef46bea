import { HubError } from '../../protocol/hubErrors.ts';
import type { Answer, AnswerDraft, Request, TaskStatus } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import { checkAnswer, verdicts } from './checkAnswer.ts';
import type { ServiceContext } from './context.ts';
import { findRequest } from './lookup.ts';
import { advanceRequest, takeStep } from './requestState.ts';
import { setTaskStatus } from './setTaskStatus.ts';

/**
 * The user answers. The same answer sent again is the same answer; another one is refused, because the agent may have the first.
 * The answer to a task moves the task.
 * @param along what goes with it: the rule that they made, and the files of the message that gives it
 * @throws HubError `request_not_found`, `already_answered` or `invalid_input`
 */
export function answerRequest(
  context: ServiceContext,
  workspaceId: string,
  requestId: string,
  draft: AnswerDraft,
  along: Pick<Answer, 'madeRuleId' | 'attachments' | 'allowAll'> = {},
): Request {
  const { store, transact, clock } = context;
  const request = findRequest(store, workspaceId, requestId);
  const { madeRuleId, allowAll, attachments = [] } = along;
  const answer = checkAnswer(request, draft, attachments.length > 0);
  const status = advanceRequest(request.status, 'answer');
  if (status === undefined) {
    if (request.answer !== undefined && sameAnswer(request.answer, answer)) return request;
    throw new HubError('already_answered', refusal(request));
  }
  const now = timestamp(clock);
  const given = {
    ...answer,
    ...(madeRuleId !== undefined && { madeRuleId }),
    ...(allowAll !== undefined && { allowAll }),
    ...(attachments.length > 0 && { attachments: [...attachments] }),
    at: now,
  };
  return transact((changes) => {
    const task = request.kind === 'task' && request.taskId !== undefined ? store.tasks.get(request.taskId) : undefined;
    if (task !== undefined) setTaskStatus(context, task, statusAfter(answer));
    return changes.updateRequest({ ...request, status, answer: given, updatedAt: now });
  });
}

/** Where the answer to a task leaves it. */
function statusAfter({ decision }: AnswerDraft): TaskStatus {
  if (decision === 'allow') return 'ongoing';
  return decision === 'reject' ? 'rejected' : 'completed';
}

/** The user takes a request off the board. What the agent already has stays with it. @throws HubError `request_not_found` */
export function dismissRequest(context: ServiceContext, workspaceId: string, requestId: string): Request {
  const { store, transact } = context;
  const request = findRequest(store, workspaceId, requestId);
  return transact(() => {
    const withdrawn = takeStep(context, request, 'withdraw');
    if (withdrawn !== undefined) store.deliveries.forget(request.id);
    return withdrawn ?? request;
  });
}

/** What a reply in words says in answer to `request`: one of its choices if it names it, otherwise the words. */
export function answerFromText(request: Request, text: string): AnswerDraft {
  const said = text.trim().toLowerCase();
  const choice = request.choices.find((one) => one.trim().toLowerCase() === said);
  return choice === undefined ? { text } : { choices: [choice] };
}

/** The answer as one text, the way an agent reads it. */
export function describeAnswer({ decision, choices = [], text, note, attachments = [] }: Answer): string {
  const verdict = decision === undefined ? '' : verdicts[decision];
  const parts = [verdict, choices.join(', '), text ?? ''].filter((part) => part !== '');
  if (parts.length === 0 && attachments.length > 0) parts.push('see the attached files');
  return note === undefined ? parts.join(' — ') : `${parts.join(' — ')} (note: ${note})`;
}

function sameAnswer({ at: _at, ...given }: Answer, answer: AnswerDraft): boolean {
  return (
    given.decision === answer.decision &&
    given.text === answer.text &&
    given.note === answer.note &&
    given.choices?.join('\n') === answer.choices?.join('\n') &&
    JSON.stringify(given.answers) === JSON.stringify(answer.answers) &&
    given.mode === answer.mode &&
    given.plan === answer.plan
  );
}

function refusal({ status, answer }: Request): string {
  if (answer !== undefined) return `This was answered already, with “${describeAnswer(answer)}”. Reply to the task to say more.`;
  return `The agent no longer waits for this (${status}). Reply to the task instead.`;
}
