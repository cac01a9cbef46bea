import type { Agent, Request } from '../protocol/model.ts';
import type { Board } from './board.ts';

/** The open requests, oldest first. */
export function openRequests(board: Board): readonly Request[] {
  return [...board.requests.values()].filter(isOpen).toSorted(byId);
}

/**
 * What an open request does to its agent. `standsStill`: a call of the agent, which is connected, waits for the answer. `holdsUpWork`: no
 * call waits, but its task is blocked or the turn of the agent has ended. `canGoOn`: neither.
 */
export type NeedState = 'standsStill' | 'holdsUpWork' | 'canGoOn';

export function needState({ agents, tasks }: Board, { id, agentId = '', taskId = '' }: Request): NeedState {
  const agent = agents.get(agentId);
  if (agent?.connected === true && agent.waitingFor?.includes(id) === true) return 'standsStill';
  return agent?.hears === 'now' || tasks.get(taskId)?.status === 'blocked' ? 'holdsUpWork' : 'canGoOn';
}

/**
 * The open requests in the order in which the user is asked, the same everywhere: first those for which an agent stands still, among them
 * permissions, for which agents wait least; then those that hold up work; then the others. The oldest of a kind comes first.
 */
export function requestsByNeed(board: Board): readonly Request[] {
  return inOrderOfNeed(board, board.requests.values());
}

/** The open ones of these requests, in the order of `requestsByNeed`. */
export function inOrderOfNeed(board: Board, requests: Iterable<Request>): readonly Request[] {
  const ranks = new Map([...requests].filter(isOpen).map((request) => [request, rankOf(board, request)]));
  return [...ranks].toSorted(([one, left], [other, right]) => left - right || byId(one, other)).map(([request]) => request);
}

function rankOf(board: Board, request: Request): number {
  const state = needState(board, request);
  if (state === 'standsStill') return request.kind === 'permission' ? 0 : 1;
  return state === 'holdsUpWork' ? 2 : 3;
}

/**
 * Requests that the user answered and whose agent is not known to have the answer, oldest first. Answers by a rule are left out, because
 * the user need not know of them.
 */
export function answersUnderWay(board: Board): readonly Request[] {
  return [...board.requests.values()].filter(({ status, answer }) => status === 'answered' && answer?.ruleIds === undefined).toSorted(byId);
}

/** An agent that waits for an answer in its own window. */
export type WaitingAgent = Agent & { waitsElsewhere: NonNullable<Agent['waitsElsewhere']> };

/** The agents that wait in their own window, the longest waiting first. */
export function agentsWaitingElsewhere(board: Board): readonly WaitingAgent[] {
  return [...board.agents.values()]
    .filter(isWaiting)
    .toSorted((left, right) => Date.parse(left.waitsElsewhere.at) - Date.parse(right.waitsElsewhere.at) || byId(left, right));
}

/** How many things wait for the user: open requests and agents that wait in their own window. Answers on their way do not count. */
export function needCount(board: Board): number {
  let count = 0;
  for (const request of board.requests.values()) if (isOpen(request)) count += 1;
  for (const agent of board.agents.values()) if (isWaiting(agent)) count += 1;
  return count;
}

/** Whether the agent waits in its own window; one that the user has removed does not. */
export function isWaiting(agent: Agent): agent is WaitingAgent {
  return agent.waitsElsewhere !== undefined && agent.removedAt === undefined;
}

function isOpen(request: Request): boolean {
  return request.status === 'open';
}

/** Compares by id, which is the order of creation; for `sort`. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Whether both request permission for the same tool, input, description and folder, byte for byte, and neither input is partial. */
export function isSamePermission(one: Request, other: Request): boolean {
  const [left, right] = [one.permission, other.permission];
  if (left === undefined || right === undefined || left.partial === true || right.partial === true) return false;
  const isSame = left.tool === right.tool && left.input === right.input && left.cwd === right.cwd;
  return isSame && left.description === right.description && one.workspaceId === other.workspaceId;
}
