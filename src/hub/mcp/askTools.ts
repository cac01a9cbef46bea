import { progressMs, waitSeconds } from '../../protocol/limits.ts';
import type { Request } from '../../protocol/model.ts';
import type { ToolInput } from '../../protocol/tools.ts';
import type { Agents } from '../service/agents.ts';
import { describeAnswer } from '../service/answers.ts';
import type { ServiceContext } from '../service/context.ts';
import { findRequest } from '../service/lookup.ts';
import { askQuestion } from '../service/questions.ts';
import { takeFreeTask } from '../service/tasks.ts';
import { type WaitTarget, waitForReplies } from '../service/waiting.ts';
import type { ToolCall, ToolOutcome } from './toolCall.ts';

// The tools that wait for the person. A call waits one slice; then the agent gets the id of its request and the next step in words.

/** The deps of both tools. */
export interface AskDeps {
  context: ServiceContext;
  agents: Agents;
}

export async function askHuman({ context, agents }: AskDeps, call: ToolCall, input: ToolInput<'askHuman'>): Promise<ToolOutcome> {
  const request = askQuestion(context, call.agent, input);
  return await waitForAnswer({ context, agents }, call, request, input.wait_s);
}

export async function waitForReply({ context, agents }: AskDeps, call: ToolCall, input: ToolInput<'waitForReply'>): Promise<ToolOutcome> {
  const { agent } = call;
  if (input.requestId !== undefined) {
    return await waitForAnswer({ context, agents }, call, findRequest(context.store, agent.workspaceId, input.requestId), input.wait_s);
  }
  const target: WaitTarget =
    input.taskId === undefined ? { kind: 'anything' } : { kind: 'task', taskId: takeFreeTask(context, agent, input.taskId).id };
  const { answered, messages } = await wait(context, call, target, input.wait_s);
  if (answered.length === 0 && messages.length === 0) {
    const next = 'Call waitForReply again, or go on with other work; whatever the person says comes with your next call.';
    return { text: `Pending: the person has said nothing yet. ${next}`, structured: { status: 'pending', next } };
  }
  return {
    text: answered.length === 0 ? 'The person has written.' : answered.map(answerText).join('\n'),
    structured: { status: 'answered', answers: answered.map(answerData) },
    requestIds: answered.map(({ id }) => id),
  };
}

async function waitForAnswer(
  { context, agents }: AskDeps,
  call: ToolCall,
  request: Request,
  waitS: number | undefined,
): Promise<ToolOutcome> {
  const waits = waitMs(waitS) > 0 && request.answer === undefined;
  const endWaiting = waits ? agents.waiting(call.agent.id, request.id) : () => {};
  try {
    const { answered } = await wait(context, call, { kind: 'request', requestId: request.id }, waitS);
    const answer = answered[0];
    if (answer === undefined) return pending(request);
    return { text: answerText(answer), structured: { status: 'answered', ...answerData(answer) }, requestIds: [answer.id] };
  } finally {
    endWaiting();
  }
}

/** How long a call waits: what the agent wants, within our limits. */
function waitMs(waitS: number | undefined): number {
  return Math.min(waitS ?? waitSeconds.default, waitSeconds.max) * 1000;
}

function wait(context: ServiceContext, call: ToolCall, target: WaitTarget, waitS: number | undefined) {
  if (waitMs(waitS) > 0) call.progress('Waiting for the person.');
  return waitForReplies(context, call.agent, target, {
    waitMs: waitMs(waitS),
    signal: call.signal,
    progressMs,
    onProgress: (waitedMs) => call.progress(`Still waiting for the person (${Math.round(waitedMs / 1000)} s).`),
  });
}

function pending({ id, question }: Request): ToolOutcome {
  const next =
    `Call waitForReply with requestId "${id}" to go on waiting. People take minutes, so waiting is normal; ` +
    'you may also do other work first, or end your turn: the question stays on their board, and the answer is kept for you.';
  return {
    text: `Pending: the person has not answered yet.\nRequest: ${id}\nQuestion: ${question}\n${next}`,
    structured: { status: 'pending', requestId: id, next },
  };
}

// Hosts have been seen to swap the results of calls that run at the same time, so each names its request and its question.
function answerText({ id, question, answer }: Request): string {
  const said = answer === undefined ? '' : describeAnswer(answer);
  return `The person answered: ${said}\nRequest: ${id}\nQuestion: ${question}`;
}

function answerData({ id, question, answer }: Request): Record<string, unknown> {
  return { requestId: id, question, answer };
}
