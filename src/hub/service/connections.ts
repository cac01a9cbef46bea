import { BoundedMap } from '../../util/boundedMap.ts';
import { type Counts, createCounts } from '../../util/counts.ts';
import { Emitter, type Listen } from '../../util/emitter.ts';
import { toDisposable } from '../../util/lifecycle.ts';
import { isHook, isSession } from './caller.ts';

/** Connections of which is known whose they are; an agent begins any number of them. */
const mostBound = 1_000;

/** Which connections of agents are open at this moment. In memory: nobody is connected to a hub that has just started. */
export interface Connections {
  /**
   * Something of this connection is open (a stream, or a call that is being served) until the returned function is called.
   * @param process the process of the agent that it comes from, if it says so
   */
  open(agentId: string, connectionId: string, process?: number): () => void;
  isOpen(agentId: string, connectionId: string): boolean;
  /** Its sessions of which something is open. */
  openSessions(agentId: string): readonly string[];
  /** The processes that those come from, as far as they say so. */
  processes(agentId: string): readonly number[];
  /** One of an agent's sessions was opened, or has ended. */
  readonly onDidChange: Listen<{ agentId: string; connectionId: string; isOpen: boolean }>;
  /** Anything of this agent is open. */
  isPresent(agentId: string): boolean;
  /** The hooks of this session have proven that it calls over this connection. Several sessions of one program may share it. */
  bind(agentId: string, hook: string, session: string): void;
  /** This connection has proven to be of other sessions than the one with these hooks. */
  isOfOthers(agentId: string, session: string, hook: string): boolean;
  /**
   * Whether both are the same running agent, as far as anybody can tell: one connection, a hook and the connection that it has proven to
   * be of its session, or a hook and the only connection that the agent has.
   */
  isSameEnd(agentId: string, one: string, other: string): boolean;
}

/** @param onError hears of listeners that throw */
export function createConnections(onError: (error: unknown) => void): Connections {
  const didChange = new Emitter<{ agentId: string; connectionId: string; isOpen: boolean }>(onError);
  /** By agent and connection: the process of each that is open. */
  const processes = new Map<string, number>();
  /** By agent: how often each of its connections is open. */
  const counts = new Map<string, Counts<string>>();
  /** By agent and connection: the hooks of the sessions that call over it. */
  const bound = new BoundedMap<string, BoundedMap<string, true>>(mostBound);
  const hooksOf = (agentId: string, session: string): BoundedMap<string, true> | undefined => bound.get(`${agentId} ${session}`);

  function tell(agentId: string, connectionId: string, isOpen: boolean): void {
    if (isSession(connectionId)) didChange.fire({ agentId, connectionId, isOpen });
  }

  function openSessions(agentId: string): string[] {
    return [...(counts.get(agentId)?.keys() ?? [])].filter(isSession);
  }

  return {
    open(agentId, connectionId, process) {
      const own = counts.get(agentId) ?? createCounts<string>();
      counts.set(agentId, own);
      const leave = own.enter(connectionId);
      if (process !== undefined) processes.set(`${agentId} ${connectionId}`, process);
      if (own.of(connectionId) === 1) tell(agentId, connectionId, true);
      const { dispose } = toDisposable(() => {
        leave();
        if (own.of(connectionId) > 0) return;
        processes.delete(`${agentId} ${connectionId}`);
        if (own.keys().length === 0 && counts.get(agentId) === own) counts.delete(agentId);
        tell(agentId, connectionId, false);
      });
      return dispose;
    },
    openSessions,
    processes: (agentId) => [...new Set(openSessions(agentId).flatMap((id) => processes.get(`${agentId} ${id}`) ?? []))],
    onDidChange: didChange.event,
    isOpen: (agentId, connectionId) => (counts.get(agentId)?.of(connectionId) ?? 0) > 0,
    isPresent: (agentId) => counts.has(agentId),
    bind(agentId, hook, session) {
      const hooks = hooksOf(agentId, session) ?? new BoundedMap<string, true>(mostBound);
      bound.set(`${agentId} ${session}`, hooks.set(hook, true));
    },
    isOfOthers: (agentId, session, hook) => hooksOf(agentId, session)?.has(hook) === false,
    isSameEnd(agentId, one, other) {
      if (one === other) return true;
      if (isHook(one) === isHook(other)) return false;
      const [hook, session] = isHook(one) ? [one, other] : [other, one];
      if (!isSession(session)) return true;
      const open = openSessions(agentId);
      // What was written to one that is gone is perhaps lost with its program.
      return (
        open.every((connectionId) => connectionId === session) || (open.includes(session) && hooksOf(agentId, session)?.has(hook) === true)
      );
    },
  };
}
