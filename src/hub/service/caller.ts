import type { Agent } from '../../protocol/model.ts';

/**
 * Who calls. An agent is known by its name, and several of its sessions may be there at once: `via` tells them apart as far as the
 * wire does. `session:<id>` (the older era, SSE, the bridge), `hook:<the agent's own session id>`, or `agent` (2026-07-28, where
 * nothing tells two sessions apart).
 */
export interface Caller {
  agent: Agent;
  via: string;
}

const sessionPrefix = 'session:';

/** The `via` of a session. */
export function sessionVia(id: string): string {
  return sessionPrefix + id;
}

/** The session that a `via` names; `undefined` if it names none. */
export function sessionIdOf(via: string): string | undefined {
  return isSession(via) ? via.slice(sessionPrefix.length) : undefined;
}

export function isSession(via: string): boolean {
  return via.startsWith(sessionPrefix);
}

/** The `via` of the hooks of a session, by the agent's own id for it. */
export function hookVia(sessionId: string): string {
  return `hook:${sessionId}`;
}

export function isHook(via: string): boolean {
  return via.startsWith('hook:');
}
