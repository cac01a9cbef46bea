import type { RpcNotification } from '../../../protocol/rpc.ts';
import { type Clock, timestamp } from '../../../util/clock.ts';
import { Emitter, type Listen } from '../../../util/emitter.ts';
import type { AgentIntroduction } from '../../service/agents.ts';

// What the hub says to agents of its own accord. Only sessions of the older era can hear it, on the stream that they keep open for it.

/** Which session this is. */
export interface SessionIdentity {
  id: string;
  workspaceId: string;
  introduction: AgentIntroduction;
  /** The revision of MCP that both sides agreed on. */
  protocolVersion: string;
}

/** A session that has a stream open for what the hub says of its own accord. */
export interface ListeningSession extends SessionIdentity {
  openedAt: string;
}

/** The way out to the sessions that listen, and the way in for what they notify the hub of. */
export interface SessionStreams {
  /** The sessions of a workspace that listen, the longest-standing first. */
  listening(workspaceId: string): ListeningSession[];
  /**
   * Writes a notification to the stream of a session. False if it has none open: then it was not kept either. True says that it was
   * written, not that it arrived; a client that lost its stream gets it again when it comes back for it (`resumed`).
   */
  notify(sessionId: string, method: string, params: Record<string, unknown>): Promise<boolean>;
  /** A stream was opened. `resumed`: it goes on where the session's last one broke off, and nothing that was written is missing. */
  readonly onDidOpenStream: Listen<{ session: ListeningSession; resumed: boolean }>;
  /** A stream ended, and no other one of its session took its place. */
  readonly onDidCloseStream: Listen<{ session: ListeningSession }>;
  /** A session sent a notification, of whatever method. Its POST has been answered by then, so what is said about it now is heard. */
  readonly onDidReceiveNotification: Listen<{ session: SessionIdentity; notification: RpcNotification }>;
}

/** The side of the transports, which open streams and receive. */
export interface SessionStreamRegistry extends SessionStreams {
  /** Notes an open stream, in place of the session's last one. The returned function says that it has ended. */
  opened(session: SessionIdentity, options: { resumed: boolean; send: (notification: RpcNotification) => Promise<void> }): () => void;
  isListening(sessionId: string): boolean;
  received(session: SessionIdentity, notification: RpcNotification): void;
  dispose(): void;
}

export function createSessionStreams({ clock, onError }: { clock: Clock; onError: (error: unknown) => void }): SessionStreamRegistry {
  const didOpen = new Emitter<{ session: ListeningSession; resumed: boolean }>(onError);
  const didClose = new Emitter<{ session: ListeningSession }>(onError);
  const didReceive = new Emitter<{ session: SessionIdentity; notification: RpcNotification }>(onError);
  const open = new Map<string, { session: ListeningSession; send: (notification: RpcNotification) => Promise<void> }>();

  return {
    listening: (workspaceId) => [...open.values()].map(({ session }) => session).filter((session) => session.workspaceId === workspaceId),
    isListening: (sessionId) => open.has(sessionId),
    async notify(sessionId, method, params) {
      const stream = open.get(sessionId);
      if (stream === undefined) return false;
      await stream.send({ method, params });
      return true;
    },
    opened({ id, workspaceId, introduction, protocolVersion }, { resumed, send }) {
      const session: ListeningSession = { id, workspaceId, introduction, protocolVersion, openedAt: timestamp(clock) };
      const stream = { session, send };
      open.delete(id);
      open.set(id, stream);
      didOpen.fire({ session, resumed });
      return () => {
        if (open.get(id) !== stream) return;
        open.delete(id);
        didClose.fire({ session });
      };
    },
    received: ({ id, workspaceId, introduction, protocolVersion }, notification) =>
      didReceive.fire({ session: { id, workspaceId, introduction, protocolVersion }, notification }),
    onDidOpenStream: didOpen.event,
    onDidCloseStream: didClose.event,
    onDidReceiveNotification: didReceive.event,
    dispose() {
      for (const emitter of [didOpen, didClose, didReceive]) emitter.dispose();
      open.clear();
    },
  };
}
