import type { Agent, Request } from '../protocol/model.ts';
import type { Board } from './board.ts';
import { byId } from './byId.ts';

/** What the person has to decide now, oldest first: what has waited longest comes first. */
export function openRequests(board: Board): readonly Request[] {
  return [...board.requests.values()].filter(isOpen).toSorted(byId);
}

/** The same in the order of need: first the permissions for which an agent stands still, then what has waited longest. */
export function requestsByNeed(board: Board): readonly Request[] {
  const isPressing = (request: Request): boolean => request.kind === 'permission' && isBlocking(board, request);
  return openRequests(board).toSorted((left, right) => Number(isPressing(right)) - Number(isPressing(left)));
}

/** A call of an agent that is there waits for this very request. */
function isBlocking(board: Board, { id, agentId }: Request): boolean {
  const agent = agentId === undefined ? undefined : board.agents.get(agentId);
  return agent?.connected === true && agent.waitingFor?.includes(id) === true;
}

/** What the person has answered and is not known to have reached its agent, oldest first. What a rule of theirs answers is no news to them. */
export function answersUnderWay(board: Board): readonly Request[] {
  return [...board.requests.values()].filter(({ status, answer }) => status === 'answered' && answer?.ruleIds === undefined).toSorted(byId);
}

/** An agent with the place in which it waits. */
export type WaitingAgent = Agent & { waitsElsewhere: NonNullable<Agent['waitsElsewhere']> };

/** The agents that wait in a place of their own, the one that has waited longest first. */
export function agentsWaitingElsewhere(board: Board): readonly WaitingAgent[] {
  return [...board.agents.values()]
    .filter(isWaiting)
    .toSorted((left, right) => Date.parse(left.waitsElsewhere.at) - Date.parse(right.waitsElsewhere.at) || byId(left, right));
}

/** How much needs the person now: open requests, and agents that wait elsewhere. An answer that is still on its way doesn't count. */
export function needCount(board: Board): number {
  let count = 0;
  for (const request of board.requests.values()) if (isOpen(request)) count += 1;
  for (const agent of board.agents.values()) if (isWaiting(agent)) count += 1;
  return count;
}

/** Says that the agent waits in a place of its own. */
export function isWaiting(agent: Agent): agent is WaitingAgent {
  return agent.waitsElsewhere !== undefined;
}

function isOpen(request: Request): boolean {
  return request.status === 'open';
}
