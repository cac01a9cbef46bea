// Whom the hub writes to without being asked. Every client of the older era opens a stream, and most of them drop what they don't know,
// or log it (Codex, Gemini CLI, VS Code, Cursor, Cline and their like): none of those is written to.

/** AgentRQ's gateways, by the beginning of the name in their `clientInfo`. They run an agent and hand it what is pushed to them. */
const gateways = ['acp-gateway', 'codex-gateway', 'dsh-plugin-agentrq'] as const;

/** Agents that show a push to their model, if they were started with their flag for it; nothing on the wire says whether they were. */
const channelAgents = ['claude-code'] as const;

/**
 * Is this one of AgentRQ's gateways? What a tool returns to a gateway is read by a program, so the user's words go to it as pushes
 * alone.
 */
export function isGateway(clientName: string): boolean {
  return gateways.some((name) => clientName.startsWith(name));
}

/** May the user's words be pushed to this client? */
export function takesPushes(clientName: string): boolean {
  return isGateway(clientName) || channelAgents.some((name) => clientName.startsWith(name));
}
