import type { Request } from '../../protocol/model.ts';
import { answerText } from '../agentText/answerText.ts';
import type { ServiceContext } from '../service/context.ts';
import { markFlying, markLost, markSent, unread } from '../service/deliveries.ts';
import type { Listener, Listeners } from './listeners.ts';
import type { Push } from './push.ts';

/**
 * Pushes the notes of verdicts, and the answers to tasks for the user, to gateways. Every other agent has them from its next result or
 * hook, which a gateway doesn't read.
 */
export interface NotePushes {
  /** The verdict has arrived, and its note is left; or the user has done a task, or not. */
  push(request: Request): Promise<void>;
  /** A session listens again: whatever is left. */
  catchUp(listener: Listener): Promise<void>;
}

export function createNotePushes(deps: {
  context: ServiceContext;
  listeners: Listeners;
  write: (sessionId: string, push: Push) => Promise<boolean>;
}): NotePushes {
  const { context, listeners, write } = deps;
  const { store } = context;
  const underWay = new Set<string>();

  async function send({ session, caller, isGateway }: Listener, request: Request): Promise<void> {
    const { id, taskId, answer } = request;
    // A push is always about a task.
    if (!isGateway || taskId === undefined || answer === undefined || underWay.has(id)) return;
    const isLeft = request.kind === 'task' || store.requests.isVerdictIn(id);
    if (!isLeft || !unread(context, caller).answers.some((one) => one.id === id)) return;
    const delivery = { caller, requestIds: [id], messageIds: [] };
    underWay.add(id);
    try {
      markFlying(context, delivery);
      const push = {
        content: request.kind === 'task' ? answerText(request) : `[Reply to task ${taskId}] ${answerText(request)}`,
        meta: { chat_id: taskId, message_id: id, user: 'human', ts: answer.at },
      };
      if (await write(session.id, push)) markSent(context, delivery);
      else markLost(context, delivery);
    } finally {
      underWay.delete(id);
    }
  }

  return {
    async push(request) {
      const connectionId = store.requests.route(request.id)?.connectionId;
      const own = listeners.ofWorkspace(request.workspaceId).filter(({ caller }) => caller.agent.id === request.agentId);
      const listener = own.find(({ caller }) => caller.connectionId === connectionId) ?? own.at(-1);
      if (listener !== undefined) await send(listener, request);
    },
    async catchUp(listener) {
      const { agent } = listener.caller;
      for (const request of store.requests.forAgent(agent.workspaceId, agent.id, 'answered')) await send(listener, request);
    },
  };
}
