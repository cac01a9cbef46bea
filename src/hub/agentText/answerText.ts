import type { Answer, Request, TaskAction } from '../../protocol/model.ts';
import { describeAnswer } from '../service/answers.ts';
import { attachmentsText } from '../service/taskDetails.ts';

const inputLength = 500;

// Hosts have been seen to swap the results of calls that run at the same time, so each answer names its request and its question.

/** What became of a request, for the agent that asked. */
export function answerText(request: Request): string {
  const { id, taskId = '', kind, permission, answer, status } = request;
  const asked = askedText(request);
  if (answer === undefined) return `The user gave no answer: the request is ${status}.\n${asked}`;
  if (kind === 'task')
    return (
      responseText(taskId, actionOf(answer), answer.note ?? (answer.decision === 'done' ? 'done' : '')) +
      attachmentsText(answer.attachments)
    );
  const note = answer.note === undefined ? '' : `\nTheir note: ${answer.note}`;
  if (kind === 'review') return `${answer.decision === 'approve' ? approvedText : sentBackText}${note}\n${asked}`;
  if (kind !== 'permission' || permission === undefined)
    return `The user answered: ${describeAnswer(answer)}${attachmentsText(answer.attachments)}\n${asked}`;
  const verdict = answer.decision === 'allow' ? 'allowed' : 'denied';
  // A verdict that comes late is news, no more: nothing is run because of it. The agent knows what it asked for.
  return `The user has ${verdict} what you asked for: ${permission.tool}, ${shorten(permission.input)}${note}\nRequest: ${id}`;
}

/** What the user says to a task, in the words that AgentRQ's agents look for. */
export function responseText(taskId: string, action: TaskAction, text: string): string {
  return `[Response to task ${taskId}] action=${action}${text === '' ? '' : `: ${text}`}`;
}

function actionOf({ decision, allowAll }: Answer): TaskAction {
  if (decision === 'reject') return 'reject';
  return allowAll === true ? 'allow_all' : 'allow';
}

const approvedText = 'The user has approved this.';
const sentBackText = 'The user has sent this back. Change it, then ask for another review.';

const nouns: { readonly [K in Request['kind']]: string } = { question: 'Question', permission: 'Question', review: 'Review', task: 'Task' };

/** Which request it is, for the agent that asked. */
export function askedText({ id, kind, question }: Request): string {
  return `Request: ${id}\n${nouns[kind]}: ${question}`;
}

function shorten(input: string): string {
  return input.length > inputLength ? `${input.slice(0, inputLength)}…` : input;
}

/** The same for programs. */
export function answerData(request: Request): Record<string, unknown> {
  const { id, taskId, kind, question, answer } = request;
  if (kind === 'task') return { requestId: id, taskId, question, answer, text: answerText(request) };
  return { requestId: id, question, answer };
}
