import type { Board } from '../../../client/board.ts';
import type { BoardChange } from '../../../client/boardStore.ts';
import { agentsWaitingElsewhere, isWaiting, openRequests, type WaitingAgent } from '../../../client/needs.ts';
import type { Agent, Request, Task } from '../../../protocol/model.ts';
import type { NotificationEvent, NotificationKind } from './event.ts';

/** The event that a change brings, if it may need the user: something an agent did that was not there before. */
export function arrivalOf({ event, before, after }: BoardChange): NotificationEvent | undefined {
  switch (event.type) {
    case 'request.created':
    case 'request.updated': {
      // An expired request that is opened again counts as new; one whose answer was retracted does not.
      const isNew = event.type === 'request.created' || !before.requests.has(event.payload.id);
      return isNew && event.payload.status === 'open' ? ofRequest(after, event.payload) : undefined;
    }
    case 'agent.updated': {
      const agent = event.payload;
      return isWaiting(agent) && before.agents.get(agent.id)?.waitsElsewhere === undefined ? ofAgent(agent) : undefined;
    }
    case 'message.created': {
      const message = event.payload;
      if (message.sender !== 'agent') return undefined;
      const common = { workspaceId: message.workspaceId, taskId: message.taskId, ...by(after, message.agentId) };
      if (message.kind === 'text') return { id: `message:${message.id}`, kind: 'message', ...common, source: { kind: 'message', message } };
      const kind = kindOfStatus(after.tasks.get(message.taskId)?.status);
      return kind && { id: `status:${message.id}`, kind, ...common, source: { kind: 'status', message } };
    }
    default:
      return undefined;
  }
}

/** The open requests and waiting agents of a board, as events. */
export function waitingOn(board: Board): NotificationEvent[] {
  return [...openRequests(board).map((request) => ofRequest(board, request)), ...agentsWaitingElsewhere(board).map(ofAgent)];
}

/** Whether nothing was done about it yet. A message is resolved when the user has written to its task (`change`) or the task is gone. */
export function isUnresolved({ source, kind, taskId }: NotificationEvent, board: Board, change?: BoardChange): boolean {
  switch (source.kind) {
    case 'request':
      return board.requests.get(source.request.id)?.status === 'open';
    case 'agent':
      return board.agents.get(source.agentId)?.waitsElsewhere?.at === source.at;
    case 'status':
      return kindOfStatus(board.tasks.get(taskId ?? '')?.status) === kind;
    default:
      return board.tasks.has(taskId ?? '') && !isFromUser(change, taskId);
  }
}

function isFromUser(change: BoardChange | undefined, taskId: string | undefined): boolean {
  const event = change?.event;
  return event?.type === 'message.created' && event.payload.sender === 'human' && event.payload.taskId === taskId;
}

/** The kind of event for a task that moved to this status. */
export function kindOfStatus(status: Task['status'] | undefined): Extract<NotificationKind, 'finished' | 'blocked'> | undefined {
  if (status === 'completed') return 'finished';
  return status === 'blocked' || status === 'rejected' ? 'blocked' : undefined;
}

function ofRequest(board: Board, request: Request): NotificationEvent {
  return {
    id: `request:${request.id}:${request.updatedAt}`,
    kind: request.kind,
    workspaceId: request.workspaceId,
    taskId: request.taskId,
    ...by(board, request.agentId),
    source: { kind: 'request', request },
  };
}

function ofAgent(agent: WaitingAgent): NotificationEvent {
  const { at } = agent.waitsElsewhere;
  return {
    id: `elsewhere:${agent.id}:${at}`,
    kind: 'question',
    workspaceId: agent.workspaceId,
    agentId: agent.id,
    agent: agent.name,
    source: { kind: 'agent', agentId: agent.id, at },
  };
}

function by(board: Board, agentId: string | undefined): { agentId: string | undefined; agent: string } {
  const agent: Agent | undefined = agentId === undefined ? undefined : board.agents.get(agentId);
  return { agentId, agent: agent?.name ?? '' };
}
