import { type Counts, createCounts } from '../../util/counts.ts';
import { isHook, isSession } from './caller.ts';

/** Which connections of agents are open at this moment. In memory: nobody is connected to a hub that has just started. */
export interface Connections {
  /** Something of this connection is open (a stream, or a call that is being served) until the returned function is called. */
  open(agentId: string, via: string): () => void;
  isOpen(agentId: string, via: string): boolean;
  /** Its sessions of which something is open. */
  openSessions(agentId: string): readonly string[];
  /** Anything of this agent is open. */
  isPresent(agentId: string): boolean;
  /**
   * Whether both are the same running agent, as far as anybody can tell: one connection, or a hook and the only session that the
   * agent has.
   */
  isSameEnd(agentId: string, one: string, other: string): boolean;
}

export function createConnections(): Connections {
  /** By agent: how often each of its connections is open. */
  const counts = new Map<string, Counts<string>>();

  function openSessions(agentId: string): string[] {
    return [...(counts.get(agentId)?.keys() ?? [])].filter(isSession);
  }

  return {
    open(agentId, via) {
      const own = counts.get(agentId) ?? createCounts<string>();
      counts.set(agentId, own);
      const leave = own.enter(via);
      return () => {
        leave();
        if (own.keys().length === 0 && counts.get(agentId) === own) counts.delete(agentId);
      };
    },
    openSessions,
    isOpen: (agentId, via) => (counts.get(agentId)?.of(via) ?? 0) > 0,
    isPresent: (agentId) => counts.has(agentId),
    isSameEnd(agentId, one, other) {
      if (one === other) return true;
      if (isHook(one) === isHook(other)) return false;
      const session = isHook(one) ? other : one;
      return !isSession(session) || openSessions(agentId).every((via) => via === session);
    },
  };
}
