import type { Agents } from '../service/agents.ts';
import { type Caller, hookConnection } from '../service/caller.ts';
import type { Dialect } from './hookEvent.ts';

/**
 * Who reports over a hook: the agent of this kind that was heard last, as it introduced itself over MCP, or else one that is made.
 * Events of one session are one connection.
 */
export function hookCaller({ agents }: { agents: Agents }, workspaceId: string, dialect: Dialect, sessionId: string): Caller {
  const known = agents.ofWorkspace(workspaceId).find(({ name }) => dialect.names.test(name));
  return { agent: agents.heard(workspaceId, known ?? { name: dialect.name }), connectionId: hookConnection(sessionId) };
}
