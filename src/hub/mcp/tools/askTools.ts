import { HubError } from '../../../protocol/hubErrors.ts';
import { limits, progressMs } from '../../../protocol/limits.ts';
import { type Place, placeSchema, type Request } from '../../../protocol/model.ts';
import type { PlaceInput, ToolInput } from '../../../protocol/tools.ts';
import { answerData, answerText, askedText } from '../../agentText/answerText.ts';
import type { Agents } from '../../service/agents.ts';
import type { PermissionWaits } from '../../service/awaitPermission.ts';
import type { ServiceContext } from '../../service/context.ts';
import { findRequest } from '../../service/lookup.ts';
import { areChoices, askQuestion, type Question } from '../../service/questions.ts';
import { takeFreeTask } from '../../service/tasks.ts';
import { isEmpty, isSettled, readReplies, type WaitTarget, waitForReplies } from '../../service/waiting.ts';
import { waitMsOf } from '../../service/waitSlice.ts';
import { openWait } from '../../service/waits.ts';
import { beginRequestTask, noteToldPlainly } from '../tasks/requestTasks.ts';
import { beginWaitTask } from '../tasks/waitTasks.ts';
import type { ToolCall, ToolOutcome, ToolResult } from './toolCall.ts';

// The tools that wait for the user. A call waits one slice; then the agent gets the id of its request and the next step in words.

/** The deps of all of them. */
export interface AskDeps {
  context: ServiceContext;
  agents: Agents;
  waits: PermissionWaits;
}

export async function askHuman(deps: AskDeps, call: ToolCall, input: ToolInput<'askHuman'>): Promise<ToolOutcome> {
  const { question, multiple } = input;
  const request = ask(deps.context, call, { kind: 'question', question, multiple, choices: choicesOf(call, input.choices) }, input);
  return await waitForOwn(deps, call, request, input.wait_s);
}

export async function requestReview(deps: AskDeps, call: ToolCall, input: ToolInput<'requestReview'>): Promise<ToolOutcome> {
  const request = ask(deps.context, call, { kind: 'review', question: input.summary }, input);
  return await waitForOwn(deps, call, request, input.wait_s);
}

/** Nothing that goes along with a question keeps it from the user: what doesn't fit is left out, and the agent is told. */
function ask(
  context: ServiceContext,
  call: ToolCall,
  asked: Omit<Question, 'place' | 'taskId'>,
  { taskId, ...where }: PlaceInput & { taskId?: string | undefined },
): Request {
  const whole = { ...asked, place: placeOf(call, where) };
  if (taskId === undefined) return askQuestion(context, call.caller, whole);
  try {
    return askQuestion(context, call.caller, { ...whole, taskId });
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== 'task_not_found') throw error;
    const request = askQuestion(context, call.caller, whole);
    call.leaveOut(`taskId was left out. ${error.message}`);
    return request;
  }
}

function choicesOf({ leaveOut }: ToolCall, choices: string[] | undefined): string[] | undefined {
  if (choices === undefined || areChoices(choices)) return choices;
  leaveOut(
    `choices were left out: at most ${limits.choices} of at most ${limits.choice} characters. The user answers in their own words, so put them into the question if it needs them.`,
  );
  return undefined;
}

const placeWords = `Give a path on one line of at most ${limits.path} characters, end_line not before line, and at most ${limits.snippet} characters of snippet.`;

function placeOf({ leaveOut }: ToolCall, { file, line, end_line: endLine, snippet }: PlaceInput): Place | undefined {
  if (file === undefined) {
    if (line !== undefined || endLine !== undefined || snippet !== undefined)
      leaveOut('The lines were left out: say which file they are of.');
    return undefined;
  }
  const whole = { endLine, snippet };
  for (const more of [whole, { snippet }, { endLine }, {}]) {
    const place = placeSchema.safeParse({ file, line: line ?? 1, ...more });
    if (!place.success) continue;
    if (more !== whole) leaveOut(`A part of the place was left out. ${placeWords}`);
    return place.data;
  }
  leaveOut(`The place in a file was left out. ${placeWords}`);
  return undefined;
}

export async function waitForReply(deps: AskDeps, call: ToolCall, input: ToolInput<'waitForReply'>): Promise<ToolOutcome> {
  const { context } = deps;
  const { caller } = call;
  if (input.requestId !== undefined) {
    const request = findRequest(context.store, caller.agent.workspaceId, input.requestId);
    if (mayBecomeTask(call, input.wait_s) && !isSettled(request)) {
      if (context.taskPolls.isAwaitedBy(request.id, caller.connectionId)) return alreadyWaits(request.id);
      return { task: beginWaitTask(context, caller, { kind: 'request', requestId: request.id }) };
    }
    return await waitForAnswer(deps, call, request, input.wait_s);
  }
  const target: WaitTarget =
    input.taskId === undefined ? { kind: 'anything' } : { kind: 'task', taskId: takeFreeTask(context, caller, input.taskId).id };
  if (mayBecomeTask(call, input.wait_s) && isEmpty(readReplies(context, caller, target))) {
    const known = openWait(context, caller, target);
    if (known !== undefined && context.taskPolls.isAwaitedBy(known.id, caller.connectionId)) return alreadyWaits();
    return { task: beginWaitTask(context, caller, target) };
  }
  const { answers, messages } = await wait(context, call, target, input.wait_s);
  if (answers.length === 0 && messages.length === 0) {
    const next = 'Call waitForReply again, or go on with other work; whatever the user says comes with your next call.';
    return { text: `Pending: the user has said nothing yet. ${next}`, structured: { status: 'pending', next } };
  }
  return {
    text: answers.length === 0 ? 'The user has written.' : answers.map(answerText).join('\n'),
    structured: { status: 'answered', answers: answers.map(answerData) },
    requestIds: answers.map(({ id }) => id),
  };
}

/** The call has made the request, or asks for the same once more. */
async function waitForOwn(deps: AskDeps, call: ToolCall, request: Request, waitS: number | undefined): Promise<ToolOutcome> {
  const { context } = deps;
  if (mayBecomeTask(call, waitS) && !isSettled(request)) {
    if (context.taskPolls.isAwaitedBy(request.id, call.caller.connectionId)) return alreadyWaits(request.id);
    return { task: beginRequestTask(context, call.caller, request) };
  }
  const outcome = await waitForAnswer(deps, call, request, waitS);
  noteToldPlainly(context, outcome);
  return outcome;
}

/** A second task for the same thing would tell the agent twice. */
function alreadyWaits(requestId?: string): ToolResult {
  const next =
    'An earlier call of yours waits for this in the background, and its end will tell you. Go on with other work, or end your turn.';
  return { text: `Pending: ${next}`, structured: { status: 'pending', ...(requestId !== undefined && { requestId }), next } };
}

/** Decided by the request of this very call, never by whose it is. A call that is not to wait needs no task. */
function mayBecomeTask({ mayBeTask, waitSlice }: ToolCall, waitS: number | undefined): boolean {
  return mayBeTask && waitMsOf(waitSlice, waitS) > 0;
}

async function waitForAnswer(deps: AskDeps, call: ToolCall, request: Request, waitS: number | undefined): Promise<ToolResult> {
  const waits = waitMsOf(call.waitSlice, waitS) > 0 && request.answer === undefined;
  const endWaiting = waits ? deps.agents.waiting(call.caller.agent.id, request.id) : () => {};
  try {
    const { answers } = await wait(deps.context, call, { kind: 'request', requestId: request.id }, waitS);
    const settled = answers[0];
    if (settled === undefined) return pending(request);
    const status = settled.answer === undefined ? settled.status : 'answered';
    return { text: answerText(settled), structured: { status, ...answerData(settled) }, requestIds: [settled.id] };
  } finally {
    endWaiting();
  }
}

function wait(context: ServiceContext, call: ToolCall, target: WaitTarget, waitS: number | undefined) {
  const waitMs = waitMsOf(call.waitSlice, waitS);
  if (waitMs > 0) call.progress('Waiting for the user.');
  return waitForReplies(context, call.caller, target, {
    waitMs,
    signal: call.signal,
    progressMs,
    onProgress: (waitedMs) => call.progress(`Still waiting for the user (${Math.round(waitedMs / 1000)} s).`),
  });
}

function pending(request: Request): ToolResult {
  const { id, kind } = request;
  const next =
    `Call waitForReply with requestId "${id}" to go on waiting. People take minutes, so waiting is normal; ` +
    `you may also do other work first, or end your turn: the ${kind} stays on their board, and the answer is kept for you.`;
  return {
    text: `Pending: the user has not answered yet.\n${askedText(request)}\n${next}`,
    structured: { status: 'pending', requestId: id, next },
  };
}
