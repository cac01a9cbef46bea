import * as z from 'zod/mini';

/** The agents that can be connected by writing to their config files. */
export const agentIds = [
  'claudeCode',
  'codex',
  'geminiCli',
  // The editor’s own mcp.json, for editors that take no server from an extension.
  'vscode',
  'copilotCli',
  // The editor’s Agent Host, which reads the project’s .mcp.json.
  'agentHost',
  'cursor',
  'cline',
  'opencode',
] as const;

export const agentIdSchema = z.enum(agentIds);

export type AgentId = z.infer<typeof agentIdSchema>;
