import type { Agent } from '../../protocol/model.ts';

/** How a known agent is shown: its product name, which is not translated, and a theme colour. */
interface KnownAgent {
  name: string;
  /** The pattern of its name in `clientInfo`. */
  pattern: RegExp;
  color: string;
}

/** The agents that are known by their name. */
export const knownAgents = {
  claudeCode: { name: 'Claude Code', pattern: /^claude-code/i, color: 'charts.orange' },
  codex: { name: 'Codex', pattern: /^codex/i, color: 'charts.green' },
  geminiCli: { name: 'Gemini CLI', pattern: /^gemini-cli/i, color: 'charts.blue' },
  copilot: { name: 'Copilot', pattern: /^(github-)?copilot/i, color: 'charts.purple' },
  cursor: { name: 'Cursor', pattern: /^cursor/i, color: 'charts.yellow' },
  cline: { name: 'Cline', pattern: /^@?cline/i, color: 'charts.red' },
  opencode: { name: 'opencode', pattern: /^opencode/i, color: 'charts.foreground' },
} satisfies Record<string, KnownAgent>;

export function knownAgent(name: string): KnownAgent | undefined {
  return Object.values(knownAgents).find(({ pattern }) => pattern.test(name));
}

/** The theme colour of an agent. */
export function agentColor(agent: Pick<Agent, 'name'> | undefined): string {
  return knownAgent(agent?.name ?? '')?.color ?? 'charts.lines';
}
