import type { Agent } from '../../protocol/model.ts';

/**
 * Who calls. An agent is known by its name, and several of its sessions may be there at once: `connectionId` tells them apart as far as the
 * wire does. `session:<id>` (the older era, SSE, the bridge), `hook:<the agent's own session id>`, or `agent` (2026-07-28, where
 * nothing tells two sessions apart).
 */
export interface Caller {
  agent: Agent;
  connectionId: string;
}

const sessionPrefix = 'session:';

/** The `connectionId` of a session. */
export function sessionConnection(id: string): string {
  return sessionPrefix + id;
}

/** The session that a `connectionId` names; `undefined` if it names none. */
export function sessionIdOf(connectionId: string): string | undefined {
  return isSession(connectionId) ? connectionId.slice(sessionPrefix.length) : undefined;
}

export function isSession(connectionId: string): boolean {
  return connectionId.startsWith(sessionPrefix);
}

/** The `connectionId` of the hooks of a session, by the agent's own id for it. */
export function hookConnection(sessionId: string): string {
  return `hook:${sessionId}`;
}

export function isHook(connectionId: string): boolean {
  return connectionId.startsWith('hook:');
}
