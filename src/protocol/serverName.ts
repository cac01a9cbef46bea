/** What the hub is called in an agent's config. AgentRQ's gateways look for exactly this; Gemini wants no underscore in it. */
export function serverName(workspace: string): string {
  return `agentrq-${workspace}`;
}
