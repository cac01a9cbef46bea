import type { Request } from '../../protocol/model.ts';
import { describeAnswer } from '../service/answers.ts';

const inputLength = 500;

// Hosts have been seen to swap the results of calls that run at the same time, so each answer names its request and its question.

/** What became of a request, for the agent that asked. */
export function answerText({ id, kind, question, permission, answer, status }: Request): string {
  const asked = `Request: ${id}\nQuestion: ${question}`;
  if (answer === undefined) return `The person gave no answer: the request is ${status}.\n${asked}`;
  if (kind !== 'permission' || permission === undefined) return `The person answered: ${describeAnswer(answer)}\n${asked}`;
  const note = answer.note === undefined ? '' : `\nTheir note: ${answer.note}`;
  const verdict = answer.decision === 'allow' ? 'allowed' : 'denied';
  // A verdict that comes late is news, no more: nothing is run because of it. The agent knows what it asked for.
  return `The person has ${verdict} what you asked for: ${permission.tool}, ${shorten(permission.input)}${note}\nRequest: ${id}`;
}

function shorten(input: string): string {
  return input.length > inputLength ? `${input.slice(0, inputLength)}…` : input;
}

/** The same for programs. */
export function answerData({ id, question, answer }: Request): Record<string, unknown> {
  return { requestId: id, question, answer };
}
