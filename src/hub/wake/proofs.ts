import type { Agent } from '../../protocol/model.ts';
import { isObject } from '../../protocol/rpc.ts';
import { processMeta } from '../../protocol/wake.ts';
import type { HookEvent } from '../hooks/hookEvent.ts';
import { hookConnection, isSession } from '../service/caller.ts';
import type { Connections } from '../service/connections.ts';
import type { WakeSession } from './wakeSessions.ts';

// Which connection belongs to which session. Codex names its session with each call. Claude Code gives the id of the use, which its hook
// then reports in the name of the session. opencode says nothing, so our bridge gives the process that it works for, and our plugin in that
// process reports it.

/** What an agent says of a call (`_meta`). */
export type ToolMeta = Readonly<Record<string, unknown>> | undefined;

const longestUseId = 200;

/** Its program may have been started again and again. */
const mostConnections = 8;

/** Calls whose report has not come. */
const mostUses = 1_000;

export interface Proofs {
  /** The session whose call this is, if the call itself says so. */
  called(agent: Agent, connectionId: string, meta: ToolMeta, find: (sessionId: string) => WakeSession): WakeSession | undefined;
  /** A hook reports: the connection of the use that it names is the session's. */
  used(session: WakeSession, event: HookEvent): void;
}

export function createProofs({ bind: note }: Pick<Connections, 'bind'>): Proofs {
  /** By agent and use, the connection that it came over. */
  const uses = new Map<string, string>();
  const keyOf = (agentId: string, useId: string): string => `${agentId} ${useId}`;

  function bind({ agentId, id, connectionIds }: WakeSession, connectionId: string): void {
    // Of all others nothing tells whose they are.
    if (!isSession(connectionId)) return;
    note(agentId, hookConnection(id), connectionId);
    connectionIds.delete(connectionId);
    connectionIds.add(connectionId);
    const [oldest] = connectionIds;
    if (connectionIds.size > mostConnections && oldest !== undefined) connectionIds.delete(oldest);
  }

  return {
    called({ id: agentId }, connectionId, meta, find) {
      const codex = meta?.['x-codex-turn-metadata'];
      const sessionId = isObject(codex) ? codex['session_id'] : undefined;
      if (typeof sessionId === 'string') {
        const session = find(sessionId);
        bind(session, connectionId);
        return session;
      }
      const useId = meta?.['claudecode/toolUseId'] ?? meta?.[processMeta];
      if (typeof useId !== 'string' || useId.length > longestUseId) return undefined;
      uses.set(keyOf(agentId, useId), connectionId);
      const [oldest] = uses.keys();
      if (uses.size > mostUses && oldest !== undefined) uses.delete(oldest);
      return undefined;
    },
    used(session, event) {
      const reported = event.kind === 'toolUsed' ? [event] : event.kind === 'toolsDone' ? event.uses : [];
      for (const { externalId } of reported) {
        const key = externalId === undefined ? undefined : keyOf(session.agentId, externalId);
        const connectionId = key === undefined ? undefined : uses.get(key);
        if (key === undefined || connectionId === undefined) continue;
        uses.delete(key);
        bind(session, connectionId);
      }
    },
  };
}
