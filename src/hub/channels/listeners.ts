import { limits } from '../../protocol/limits.ts';
import type { Task } from '../../protocol/model.ts';
import type { ListeningSession, SessionStreams } from '../mcp/legacy/sessionStreams.ts';
import { type Caller, sessionConnection } from '../service/caller.ts';
import { isGateway, takesPushes } from '../service/channelClients.ts';
import type { Store } from '../storage/store.ts';

/** A session that listens, and whose client takes pushes. */
export interface Listener {
  session: ListeningSession;
  caller: Caller;
  /** One of AgentRQ's: it hands everything of its workspace to its agent. Others get what belongs to their own tasks. */
  isGateway: boolean;
}

/** Who listens, and who of them is written to. */
export interface Listeners {
  of(session: ListeningSession): Listener | undefined;
  /** The longest-standing first. */
  ofWorkspace(workspaceId: string): Listener[];
  /** One session of each agent: the one that works on this task, or else the newest. */
  forTask(task: Task): Listener[];
  isListening(workspaceId: string, connectionId: string): boolean;
  /** The newest gateway of the workspace. Only one is given a new task. */
  gateway(workspaceId: string): Listener | undefined;
}

export function createListeners({ store, streams }: { store: Store; streams: SessionStreams }): Listeners {
  function find(session: ListeningSession): Listener | undefined {
    const { id, workspaceId, introduction } = session;
    if (!takesPushes(introduction.name)) return undefined;
    const agent = store.agents.byName(workspaceId, introduction.name.slice(0, limits.name));
    if (agent === undefined) return undefined;
    return { session, caller: { agent, connectionId: sessionConnection(id) }, isGateway: isGateway(introduction.name) };
  }

  const all = (workspaceId: string): Listener[] => streams.listening(workspaceId).flatMap((session) => find(session) ?? []);

  return {
    of: find,
    ofWorkspace: all,
    forTask({ id, workspaceId }) {
      const worker = store.tasks.connectionOf(id);
      const chosen = new Map<string, Listener>();
      for (const listener of all(workspaceId)) {
        const { agent } = listener.caller;
        const known = chosen.get(agent.id);
        if (known === undefined || known.caller.connectionId !== worker) chosen.set(agent.id, listener);
      }
      return [...chosen.values()];
    },
    isListening: (workspaceId, connectionId) => streams.listening(workspaceId).some(({ id }) => connectionId === sessionConnection(id)),
    gateway: (workspaceId) => all(workspaceId).findLast((listener) => listener.isGateway),
  };
}
