import type { Agent } from '../protocol/model.ts';

/** The presence of an agent, and the whole seconds since the hub last heard from it (never negative). */
export type AgentPresence =
  /** It is connected and waits for answers to these requests, at least one. */
  | { kind: 'waiting'; requestIds: readonly string[]; seconds: number }
  /** It is connected, and busy with its own work. */
  | { kind: 'connected'; seconds: number }
  /** It has no open connection but was heard recently. Agents of protocol 2026-07-28 are connected only while they make a call. */
  | { kind: 'recent'; seconds: number }
  | { kind: 'disconnected'; seconds: number };

/** An agent that the hub has not heard for this many seconds is *gone*: the user can't expect it to go on by itself. */
const disconnectedSeconds = 10 * 60;

/** `now` in milliseconds since 1970. */
export function agentPresence(agent: Agent, now: number): AgentPresence {
  const seconds = Math.max(0, Math.floor((now - Date.parse(agent.lastHeardAt)) / 1_000));
  if (!agent.connected) return { kind: seconds < disconnectedSeconds ? 'recent' : 'disconnected', seconds };
  const { waitingFor = [] } = agent;
  if (waitingFor.length > 0) return { kind: 'waiting', requestIds: waitingFor, seconds };
  return { kind: 'connected', seconds };
}
