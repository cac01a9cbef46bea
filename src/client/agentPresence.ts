import type { Agent } from '../protocol/model.ts';

/** How an agent is there, and how long ago it was heard (whole seconds, never negative). */
export type AgentPresence =
  /** It waits for the person's answers to these requests, at least one. */
  | { kind: 'waiting'; requestIds: readonly string[]; seconds: number }
  /** It is connected, and busy with its own work. */
  | { kind: 'connected'; seconds: number }
  /** Nothing of it is open. It may think: agents of 2026-07-28 are connected only while they call. */
  | { kind: 'quiet'; seconds: number }
  | { kind: 'gone'; seconds: number };

/** Who says nothing for longer isn't expected to go on by itself. */
const goneSeconds = 10 * 60;

/** `now` in milliseconds since 1970. */
export function agentPresence(agent: Agent, now: number): AgentPresence {
  const seconds = Math.max(0, Math.floor((now - Date.parse(agent.lastHeardAt)) / 1_000));
  if (!agent.connected) return { kind: seconds < goneSeconds ? 'quiet' : 'gone', seconds };
  const { waitingFor = [] } = agent;
  if (waitingFor.length > 0) return { kind: 'waiting', requestIds: waitingFor, seconds };
  return { kind: 'connected', seconds };
}
