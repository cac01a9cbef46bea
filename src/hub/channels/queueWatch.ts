import type { Task } from '../../protocol/model.ts';
import { type Clock, timestamp } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { ListeningSession, SessionStreams } from '../mcp/legacy/sessionStreams.ts';
import { isGateway } from '../service/channelClients.ts';
import type { Store } from '../storage/store.ts';
import type { Listeners } from './listeners.ts';

/** Looks again and again for what a gateway without work has missed: a lease that ended, a task that somebody else left behind. */
export interface QueueWatch extends Disposable {
  /**
   * A session listens. Says whether that is a gateway which is just starting: it asks for its first task itself, and what is pushed
   * before its agent runs may get lost there. It is looked at later.
   */
  isStarting(session: ListeningSession): boolean;
  /** A task has changed. A gateway that has ended one asks for the next itself, so it is left alone for a while. */
  noteTask(task: Task): void;
}

const lookEveryMs = 60_000;
/** As long as a gateway may take until its agent runs, and after a task to ask for the next. */
const ownTurnMs = 60_000;

export function createQueueWatch(deps: {
  clock: Clock;
  store: Store;
  streams: SessionStreams;
  listeners: Listeners;
  /** Push the messages that this session has missed. */
  onMissed: (session: ListeningSession) => void;
  /** Push the next task of the workspace. */
  onIdle: (workspaceId: string) => void;
}): QueueWatch {
  const { clock, store, streams, listeners } = deps;
  const hubStartedAt = timestamp(clock);
  /** By session, the time until which it starts. */
  const starting = new Map<string, number>();
  /** By workspace, when a task ended there last. */
  const ended = new Map<string, number>();

  const starts = ({ id }: ListeningSession): boolean => (starting.get(id) ?? 0) > clock.now();

  function look(): void {
    for (const { id: workspaceId } of store.workspaces.all()) {
      const gateways = streams.listening(workspaceId).filter((session) => listeners.of(session)?.isGateway === true && !starts(session));
      for (const session of gateways) deps.onMissed(session);
      const isQuiet = clock.now() - (ended.get(workspaceId) ?? 0) >= ownTurnMs;
      if (isQuiet && gateways.some(({ id }) => id === listeners.gateway(workspaceId)?.session.id)) deps.onIdle(workspaceId);
    }
    for (const [id, until] of starting) if (until <= clock.now()) starting.delete(id);
  }

  const looking = clock.every(lookEveryMs, look);

  return {
    isStarting(session) {
      const stored = store.sessions.get(session.id);
      // One that is known from before the hub started, or that lost its stream meanwhile, has come back.
      if (stored === undefined || stored.createdAt < hubStartedAt || starting.has(session.id)) return false;
      const until = Date.parse(stored.createdAt) + ownTurnMs;
      if (!isGateway(session.introduction.name) || until <= clock.now()) return false;
      starting.set(session.id, until);
      return true;
    },
    noteTask({ workspaceId, status }) {
      if (status === 'completed' || status === 'rejected' || status === 'blocked') ended.set(workspaceId, clock.now());
    },
    dispose: () => looking.dispose(),
  };
}
