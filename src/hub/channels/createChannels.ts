import type { HubEvent } from '../../protocol/events.ts';
import { describeError } from '../../util/errors.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { ListeningSession, SessionStreams } from '../mcp/legacy/sessionStreams.ts';
import type { Agents } from '../service/agents.ts';
import type { PermissionWaits } from '../service/awaitPermission.ts';
import { sessionConnection } from '../service/caller.ts';
import type { ServiceContext } from '../service/context.ts';
import { proveDeliveries } from '../service/deliveries.ts';
import { createListeners } from './listeners.ts';
import { createMessagePushes } from './messagePushes.ts';
import { createNotePushes } from './notePushes.ts';
import { askMethod } from './permissionAsk.ts';
import { createPermissionRelay } from './permissionRelay.ts';
import { cancelMethod, type Push, pushMethod } from './push.ts';
import { createQueueWatch } from './queueWatch.ts';
import { createTaskPushes } from './taskPushes.ts';
import { createVerdicts, verdictMethod } from './verdicts.ts';

/**
 * Pushes to agents over AgentRQ's and Claude Code's *channels*: messages and tasks of the user, and verdicts on permissions that were
 * requested over a channel. Driven by the events of the log and by the streams that open and close.
 */
export function createChannels(deps: {
  context: ServiceContext;
  agents: Agents;
  waits: PermissionWaits;
  streams: SessionStreams;
  log: Logger;
}): Disposable {
  const { context, agents, waits, streams, log } = deps;
  const { store, clock, background } = context;
  const owned = new DisposableStore();

  async function write(sessionId: string, method: string, params: Record<string, unknown>): Promise<boolean> {
    if (owned.disposed) return false;
    try {
      return await streams.notify(sessionId, method, params);
    } catch (error) {
      log.trace(`nothing could be pushed: ${describeError(error)}`);
      return false;
    }
  }

  function inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!owned.disposed) background.failed('a push failed', error);
    });
  }

  const writePush = (sessionId: string, push: Push): Promise<boolean> => write(sessionId, pushMethod, push);
  const listeners = createListeners({ store, streams });
  const messages = createMessagePushes({
    context,
    listeners,
    write: writePush,
    cancel: (sessionId, cancel) => write(sessionId, cancelMethod, cancel),
  });
  const tasks = createTaskPushes({ context, listeners, write: writePush });
  const verdicts = createVerdicts({
    context,
    write: (sessionId, verdict) => write(sessionId, verdictMethod, verdict),
    inBackground,
  });
  const notes = createNotePushes({ context, listeners, write: writePush });
  const relay = createPermissionRelay({
    context,
    agents,
    waits,
    verdicts,
    onNoteLeft: (request) => inBackground(notes.push(request)),
    log,
  });
  const queue = owned.add(
    createQueueWatch({
      clock,
      store,
      streams,
      listeners,
      onMissed: pushMissed,
      onIdle: (workspaceId) => inBackground(tasks.pushNext(workspaceId)),
    }),
  );

  function pushMissed(session: ListeningSession): void {
    const listener = listeners.of(session);
    if (listener === undefined) return;
    inBackground(messages.catchUp(listener));
    inBackground(notes.catchUp(listener));
  }

  function onEvent({ type, payload }: HubEvent): void {
    if (type === 'message.created') {
      const { delivery, requestId, id } = payload;
      if (delivery !== undefined && requestId === undefined) inBackground(messages.push(id));
    } else if (type === 'task.created' || type === 'task.updated') {
      const { createdBy, assignee, status } = payload;
      if (createdBy === 'human' && assignee === 'agent' && status === 'notstarted') inBackground(tasks.push(payload));
      queue.noteTask(payload);
    } else if (type === 'request.created' || type === 'request.updated') {
      relay.onUpdate(payload);
      if (payload.kind === 'task' && payload.status === 'answered') inBackground(notes.push(payload));
    }
  }

  owned.add(
    context.log.onDidPublish((events) => {
      // In a turn of its own: a call that waited for this goes first, and what it carries isn't pushed as well.
      background.soon('a push failed', () => {
        for (const { event } of events) if (!owned.disposed) background.attempt('a push failed', () => onEvent(event));
      });
    }),
  );
  owned.add(
    streams.onDidOpenStream(({ session, resumed }) => {
      const agent = agents.heard(session.workspaceId, session.introduction);
      verdicts.catchUp(session, agent.id, { again: !resumed });
      if (queue.isStarting(session)) return;
      pushMissed(session);
      if (listeners.of(session)?.isGateway === true) inBackground(tasks.pushNext(session.workspaceId));
    }),
  );
  owned.add(
    streams.onDidCloseStream(({ session }) => {
      // One that is kept may come back, also after the hub has.
      if (store.sessions.get(session.id) === undefined)
        background.attempt('a session could not be ended', () => relay.onEnd(sessionConnection(session.id)));
    }),
  );
  owned.add(
    streams.onDidReceiveNotification(({ session, notification: { method, params } }) => {
      const caller = { agent: agents.heard(session.workspaceId, session.introduction), connectionId: sessionConnection(session.id) };
      if (method === askMethod) relay.ask(caller, params);
      else proveDeliveries(context, caller);
    }),
  );

  return owned;
}
