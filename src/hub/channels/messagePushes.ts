import type { Message, Task } from '../../protocol/model.ts';
import type { ServiceContext } from '../service/context.ts';
import { markFlying, markLost, markPushed, markSent, unread } from '../service/deliveries.ts';
import type { Listener, Listeners } from './listeners.ts';
import { type Cancel, cancelOf, type Push, pushOfMessage } from './push.ts';

/** Pushes what the user writes. Nothing goes over the same session twice. */
export interface MessagePushes {
  /** The user has written this. */
  push(messageId: string): Promise<void>;
  /** A session listens again: whatever came meanwhile. */
  catchUp(listener: Listener): Promise<void>;
}

export function createMessagePushes(deps: {
  context: ServiceContext;
  listeners: Listeners;
  write: (sessionId: string, push: Push) => Promise<boolean>;
  /** Tells a gateway to stop. */
  cancel: (sessionId: string, cancel: Cancel) => Promise<boolean>;
}): MessagePushes {
  const { context, listeners, write } = deps;
  const { store } = context;
  /** What is being written at this moment, by message and session. */
  const underWay = new Set<string>();

  /** Has it arrived, or has a session of this agent had it that still listens, this one or another? */
  function isDone({ id, workspaceId }: Message, { caller: { agent } }: Listener): boolean {
    if (store.messages.get(id)?.delivery === 'delivered') return true;
    const given = store.deliveries.ofItem(id).filter((row) => row.agentId === agent.id && row.state !== 'broken');
    return given.some(({ connectionId }) => listeners.isListening(workspaceId, connectionId));
  }

  async function send(listener: Listener, message: Message, task: Task): Promise<void> {
    const { session, caller } = listener;
    const key = `${message.id} ${caller.connectionId}`;
    if (underWay.has(key) || isDone(message, listener)) return;
    underWay.add(key);
    try {
      const hand = (): Promise<boolean> =>
        message.move?.kind === 'stop' && listener.isGateway
          ? deps.cancel(session.id, cancelOf(message))
          : write(session.id, pushOfMessage(message));
      if (!countsFor(listener, store.messages.recipient(message.id)?.agentId ?? task.agentId)) {
        if (await hand()) markPushed(context, caller, message.id);
        return;
      }
      const delivery = { caller, requestIds: [], messageIds: [message.id] };
      markFlying(context, delivery);
      if (await hand()) markSent(context, delivery);
      else markLost(context, delivery);
    } finally {
      underWay.delete(key);
    }
  }

  /** An agent that is no gateway hears of its own tasks, and of nothing that it has from a result or a hook. */
  function wants({ isGateway, caller }: Listener, messageId: string): boolean {
    return isGateway || unread(context, caller).messages.some(({ id }) => id === messageId);
  }

  return {
    async push(messageId) {
      const message = store.messages.get(messageId);
      const task = message === undefined ? undefined : store.tasks.get(message.taskId);
      if (message === undefined || task === undefined) return;
      const waiting = listeners.forTask(task).filter((listener) => wants(listener, messageId));
      await Promise.all(waiting.map((listener) => send(listener, message, task)));
    },
    async catchUp(listener) {
      const { session, caller } = listener;
      const own = unread(context, caller).messages;
      // A gateway hears what is said in the tasks of others as well, but what was said before it came is theirs.
      const since = store.sessions.get(session.id)?.createdAt ?? session.openedAt;
      const others = listener.isGateway ? store.messages.undelivered(session.workspaceId, since) : [];
      const missed = [...own, ...others].toSorted((left, right) => (left.id < right.id ? -1 : 1));
      for (const message of missed) {
        const task = store.tasks.get(message.taskId);
        if (task !== undefined) await send(listener, message, task);
      }
    },
  };
}

/**
 * Does a push to this listener count as one that can be proven to have arrived? A gateway's does, in a task of its own or of nobody:
 * it has no other way to hear. In a task of another agent that agent has to be seen to have it. And whether Claude Code shows what is
 * pushed, nobody knows.
 */
function countsFor({ isGateway, caller }: Listener, agentId: string | undefined): boolean {
  return isGateway && (agentId === undefined || agentId === caller.agent.id);
}
