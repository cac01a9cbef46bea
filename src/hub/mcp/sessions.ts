import { type McpServer, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { HubError } from '../../protocol/hubErrors.ts';
import { type Clock, timestamp } from '../../util/clock.ts';
import type { AgentIntroduction } from '../service/agents.ts';
import type { Store, StoredSession } from '../storage/store.ts';
import { introductionOf } from './introduction.ts';

/** A session of the older era (2025-11-25 and before). */
export interface Session {
  transport: WebStandardStreamableHTTPServerTransport;
  introduction: AgentIntroduction;
}

/** The sessions. They outlive the hub: one that is asked for after a restart is taken up again where it was. */
export interface Sessions {
  /** A session that begins with this `initialize` request; it has its id once the transport has handled that. */
  begin(workspaceId: string, initialize: Record<string, unknown>): Promise<Session>;
  /** @throws HubError `session_not_found` */
  find(workspaceId: string, id: string): Promise<Session>;
  close(): Promise<void>;
}

export function createSessions(deps: {
  store: Store;
  clock: Clock;
  randomId: () => string;
  createServer: (workspaceId: string) => McpServer;
}): Sessions {
  const { store, clock } = deps;
  const open = new Map<string, Session & { workspaceId: string }>();
  const resuming = new Map<string, Promise<Session>>();

  async function connect({ id, workspaceId, initialize }: Omit<StoredSession, 'createdAt'>): Promise<Session> {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      onsessioninitialized: () => {
        open.set(id, { transport, introduction, workspaceId });
        if (store.sessions.get(id) === undefined) {
          store.sessions.put({ id, workspaceId, initialize, createdAt: timestamp(clock) });
        }
      },
      onsessionclosed: () => {
        open.delete(id);
        store.sessions.delete(id);
      },
    });
    const introduction = introductionOf(initialize);
    await deps.createServer(workspaceId).connect(transport);
    return { transport, introduction };
  }

  async function replay(stored: StoredSession): Promise<Session> {
    const session = await connect(stored);
    await replayInitialize(session.transport, stored.initialize);
    return session;
  }

  /** A client comes back with its stream and its calls at once: all of them get the same session. */
  function resume(stored: StoredSession): Promise<Session> {
    const known = resuming.get(stored.id);
    if (known !== undefined) return known;
    const resumed = replay(stored).finally(() => resuming.delete(stored.id));
    resuming.set(stored.id, resumed);
    return resumed;
  }

  return {
    begin: (workspaceId, initialize) => connect({ id: deps.randomId(), workspaceId, initialize }),
    async find(workspaceId, id) {
      const known = resuming.has(id) ? undefined : open.get(id);
      if (known?.workspaceId === workspaceId) return known;
      const stored = known === undefined ? store.sessions.get(id) : undefined;
      if (stored?.workspaceId === workspaceId) return await resume(stored);
      throw new HubError('session_not_found', 'This session is not known here. Initialize again.');
    },
    async close() {
      await Promise.all([...open.values()].map(({ transport }) => transport.close()));
      open.clear();
    },
  };
}

/** A restarted hub knows a session only from its table: it plays the session's own `initialize` to a fresh transport. */
async function replayInitialize(transport: WebStandardStreamableHTTPServerTransport, initialize: Record<string, unknown>): Promise<void> {
  const request = new Request('http://hub/', {
    method: 'POST',
    headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
  });
  const answer = await transport.handleRequest(request, { parsedBody: initialize });
  await answer.text();
}
