import type { Request } from '../../../protocol/model.ts';
import { answerData, answerText } from '../../agentText/answerText.ts';
import { inboxData, inboxText } from '../../agentText/inboxText.ts';
import { describeAnswer } from '../../service/answers.ts';
import type { Inbox } from '../../service/deliveries.ts';

// What the end of a task tells the model. Some clients put it before their model as news of a program, and show the data alone: so each
// says, in the text and in the data, whose words these are, of when, and how to have them as the result of a call.

const user = 'the user you work for, in AgentRQ';

/** What became of a question or a review: a `CallToolResult`. */
export function toldAnswer(request: Request): Record<string, unknown> {
  const { id, question, status, answer } = request;
  if (answer === undefined) return result(answerText(request), { status, requestId: id, question });
  return result(`${answerText(request)}\n${saidBy(request)} ${asPlainResult(request)}`, dataOf(request));
}

/** What the user has said to an agent that waited for anything of theirs. */
export function toldInbox({ answers, messages }: Inbox): Record<string, unknown> {
  const note = messages.length === 0 ? undefined : 'The messages were written by the user you work for, in AgentRQ. Answer with reply.';
  const text = [inboxText({ answers, messages }), ...answers.map(saidBy), note].filter((part) => part !== undefined).join('\n');
  return result(text, {
    status: 'answered',
    answers: answers.map(dataOf),
    messages: inboxData({ answers: [], messages }),
    ...(note !== undefined && { writtenBy: user, note }),
  });
}

function dataOf(request: Request): Record<string, unknown> {
  const { answer } = request;
  if (answer === undefined) return answerData(request);
  const by = { answeredBy: user, answeredAt: answer.at, words: describeAnswer(answer) };
  return { status: 'answered', ...by, ...answerData(request), note: `${saidBy(request)} ${asPlainResult(request)}` };
}

function saidBy({ answer }: Request): string {
  return answer === undefined ? '' : `The user you work for gave this answer in AgentRQ at ${answer.at}: “${describeAnswer(answer)}”.`;
}

function asPlainResult({ id, kind }: Request): string {
  const tool = kind === 'review' ? 'requestReview' : 'askHuman';
  return (
    `Where a plain tool result is needed, an approval say, call ${tool} again with the same arguments, or waitForReply with ` +
    `requestId "${id}": it returns this answer at once.`
  );
}

function result(text: string, structuredContent: Record<string, unknown>): Record<string, unknown> {
  return { resultType: 'complete', content: [{ type: 'text', text }], structuredContent };
}
