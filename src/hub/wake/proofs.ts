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
const mostVias = 8;

/** Calls whose report has not come. */
const mostUses = 1_000;

export interface Proofs {
  /** The session whose call this is, if the call itself says so. */
  called(agent: Agent, via: string, meta: ToolMeta, find: (sessionId: string) => WakeSession): WakeSession | undefined;
  /** A hook reports: the connection of the use that it names is the session's. */
  used(session: WakeSession, event: HookEvent): void;
}

export function createProofs({ bind: note }: Pick<Connections, 'bind'>): Proofs {
  /** By agent and use, the connection that it came over. */
  const uses = new Map<string, string>();
  const keyOf = (agentId: string, useId: string): string => `${agentId} ${useId}`;

  function bind({ agentId, id, vias }: WakeSession, via: string): void {
    // Of all others nothing tells whose they are.
    if (!isSession(via)) return;
    note(agentId, hookConnection(id), via);
    vias.delete(via);
    vias.add(via);
    const [oldest] = vias;
    if (vias.size > mostVias && oldest !== undefined) vias.delete(oldest);
  }

  return {
    called({ id: agentId }, via, meta, find) {
      const codex = meta?.['x-codex-turn-metadata'];
      const sessionId = isObject(codex) ? codex['session_id'] : undefined;
      if (typeof sessionId === 'string') {
        const session = find(sessionId);
        bind(session, via);
        return session;
      }
      const useId = meta?.['claudecode/toolUseId'] ?? meta?.[processMeta];
      if (typeof useId !== 'string' || useId.length > longestUseId) return undefined;
      uses.set(keyOf(agentId, useId), via);
      const [oldest] = uses.keys();
      if (uses.size > mostUses && oldest !== undefined) uses.delete(oldest);
      return undefined;
    },
    used(session, event) {
      const reported = event.kind === 'toolUsed' ? [event] : event.kind === 'toolsDone' ? event.uses : [];
      for (const { externalId } of reported) {
        const key = externalId === undefined ? undefined : keyOf(session.agentId, externalId);
        const via = key === undefined ? undefined : uses.get(key);
        if (key === undefined || via === undefined) continue;
        uses.delete(key);
        bind(session, via);
      }
    },
  };
}
