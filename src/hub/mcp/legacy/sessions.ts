import type { McpServer } from '@modelcontextprotocol/server';
import { HubError } from '../../../protocol/hubErrors.ts';
import { sessionLimits } from '../../../protocol/limits.ts';
import { timestamp } from '../../../util/clock.ts';
import type { Background } from '../../lifecycle/background.ts';
import type { Store } from '../../storage/store.ts';
import type { StoredSession } from '../../storage/tables/sessions.ts';
import { type ConnectedSession, connectSession } from './connectSession.ts';
import { createEventStores, type StreamOwner } from './eventStore.ts';

/** A session as those see it who answer its requests. */
export interface Session<Call extends StreamOwner> extends ConnectedSession<Call> {
  /** It is in use until the returned function is called, and not forgotten meanwhile. */
  use(): () => void;
}

/** The sessions. They outlive the hub: a session that is used after a restart is resumed from its row. */
export interface Sessions<Call extends StreamOwner> {
  /**
   * A session that begins with this `initialize` request; it is known once the transport has handled that. If the workspace has too
   * many, the one that was idle for longest is forgotten.
   * @throws HubError `too_many_requests` (all of them are in use) or `payload_too_large`
   */
  begin(workspaceId: string, initialize: Record<string, unknown>): Promise<Session<Call>>;
  /** @throws HubError `session_not_found` */
  find(workspaceId: string, id: string): Promise<Session<Call>>;
  /** Forgets all sessions of a workspace. */
  forgetAll(workspaceId: string): void;
  close(): Promise<void>;
}

interface OpenSession<Call extends StreamOwner> {
  session: Session<Call>;
  /** How many of its connections are open. */
  uses: number;
  /** Milliseconds since 1970. */
  usedAt: number;
}

export function createSessions<Call extends StreamOwner>(deps: {
  store: Store;
  background: Background;
  randomId: () => string;
  createServer: (workspaceId: string) => McpServer;
}): Sessions<Call> {
  const { store, background, randomId } = deps;
  const { clock } = background;
  const open = new Map<string, OpenSession<Call>>();
  const resuming = new Map<string, Promise<Session<Call>>>();
  const eventStores = createEventStores<Call>({ randomId });
  const ofWorkspace = store.sessions.query('WHERE workspaceId = ?');
  const sweeping = clock.every(sessionLimits.sweepMs, sweep);

  async function connect(introduced: Pick<StoredSession, 'id' | 'workspaceId' | 'initialize'>): Promise<Session<Call>> {
    const { id, workspaceId } = introduced;
    const connected = await connectSession(introduced, deps.createServer(workspaceId), eventStores, {
      onBegin() {
        open.set(id, own);
        if (store.sessions.get(id) !== undefined) return;
        const now = timestamp(clock);
        store.sessions.put({ ...introduced, createdAt: now, lastUsedAt: now });
      },
      onEnd() {
        open.delete(id);
        store.sessions.delete(id);
      },
    });
    const own: OpenSession<Call> = { session: { ...connected, use: () => use(own) }, uses: 0, usedAt: clock.now() };
    return own.session;
  }

  function use(own: OpenSession<Call>): () => void {
    own.uses += 1;
    touch(own);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      own.uses -= 1;
      touch(own);
    };
  }

  /** Records that a session is in use. The row is updated less often, since only a restarted hub reads it. */
  function touch(own: OpenSession<Call>): void {
    own.usedAt = clock.now();
    // The next one may be written again, and a session in use isn't forgotten by this hub anyway.
    background.attempt('the use of a session could not be noted', () => {
      const stored = store.sessions.get(own.session.id);
      if (stored === undefined || own.usedAt - Date.parse(stored.lastUsedAt) < sessionLimits.sweepMs) return;
      store.sessions.put({ ...stored, lastUsedAt: timestamp(clock) });
    });
  }

  function isInUse({ id }: StoredSession): boolean {
    return resuming.has(id) || (open.get(id)?.uses ?? 0) > 0;
  }

  function usedAt({ id, lastUsedAt }: StoredSession): number {
    return Math.max(open.get(id)?.usedAt ?? 0, Date.parse(lastUsedAt));
  }

  function sweep(): void {
    for (const stored of store.sessions.all()) {
      const own = open.get(stored.id);
      if (own !== undefined && isInUse(stored)) touch(own);
      else if (clock.now() - usedAt(stored) >= sessionLimits.keptMs) forget(stored);
      else if (own !== undefined && clock.now() - own.usedAt >= sessionLimits.idleMs) putAway(own);
    }
  }

  /** Its row stays. */
  function putAway({ session }: OpenSession<Call>): void {
    open.delete(session.id);
    background.run('a session could not be closed', session.close());
  }

  function forget({ id }: StoredSession): void {
    const own = open.get(id);
    // First what may fail: then it is forgotten the next time.
    store.sessions.delete(id);
    if (own !== undefined) putAway(own);
  }

  function makeRoom(workspaceId: string): void {
    const known = ofWorkspace(workspaceId);
    const idle = known.filter((stored) => !isInUse(stored)).toSorted((left, right) => usedAt(left) - usedAt(right));
    for (let count = known.length; count >= sessionLimits.perWorkspace; count -= 1) {
      const oldest = idle.shift();
      if (oldest === undefined) {
        throw new HubError('too_many_requests', `The agents of this workspace have ${count} sessions open. Let one of them end first.`);
      }
      forget(oldest);
    }
  }

  async function replay(stored: StoredSession): Promise<Session<Call>> {
    const session = await connect(stored);
    await replayInitialize(session, stored.initialize);
    return session;
  }

  /** A client comes back with its stream and its calls at once: all of them get the same session. */
  function resume(stored: StoredSession): Promise<Session<Call>> {
    const known = resuming.get(stored.id);
    if (known !== undefined) return known;
    const resumed = replay(stored).finally(() => resuming.delete(stored.id));
    resuming.set(stored.id, resumed);
    return resumed;
  }

  return {
    async begin(workspaceId, initialize) {
      if (Buffer.byteLength(JSON.stringify(initialize)) > sessionLimits.initializeBytes) {
        throw new HubError(
          'payload_too_large',
          `“initialize” takes more than ${sessionLimits.initializeBytes / 1024} KiB. Introduce yourself in less.`,
        );
      }
      makeRoom(workspaceId);
      return await connect({ id: randomId(), workspaceId, initialize });
    },
    async find(workspaceId, id) {
      const known = resuming.has(id) ? undefined : open.get(id)?.session;
      if (known?.workspaceId === workspaceId) return known;
      const stored = known === undefined ? store.sessions.get(id) : undefined;
      if (stored?.workspaceId === workspaceId) return await resume(stored);
      throw new HubError('session_not_found', 'This session is not known here. Initialize again.');
    },
    forgetAll(workspaceId) {
      for (const stored of ofWorkspace(workspaceId)) forget(stored);
    },
    async close() {
      sweeping.dispose();
      await Promise.all([...open.values()].map(({ session }) => session.close()));
      open.clear();
    },
  };
}

/** A restarted hub knows a session only from its table: it plays the session's own `initialize` to a fresh transport. */
async function replayInitialize(session: Pick<Session<StreamOwner>, 'handle'>, initialize: Record<string, unknown>): Promise<void> {
  const request = new Request('http://hub/', {
    method: 'POST',
    headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
  });
  const answer = await session.handle(request, { parsedBody: initialize });
  await answer.text();
}
