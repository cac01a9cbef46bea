import type { Agent } from '../../protocol/model.ts';

/** How a known agent is shown: its product name, which is not translated, a codicon and a theme colour. */
interface KnownAgent {
  name: string;
  icon: string;
  color: string;
}

/** By the name in `clientInfo`. */
const knownAgents: readonly (readonly [RegExp, KnownAgent])[] = [
  [/^claude-code/i, { name: 'Claude Code', icon: 'sparkle', color: 'charts.orange' }],
  [/^codex/i, { name: 'Codex', icon: 'code', color: 'charts.green' }],
  [/^gemini-cli/i, { name: 'Gemini CLI', icon: 'star-empty', color: 'charts.blue' }],
  [/^(github-)?copilot/i, { name: 'Copilot', icon: 'copilot', color: 'charts.purple' }],
  [/^cursor/i, { name: 'Cursor', icon: 'inspect', color: 'charts.yellow' }],
  [/^@?cline/i, { name: 'Cline', icon: 'hubot', color: 'charts.red' }],
  [/^opencode/i, { name: 'opencode', icon: 'symbol-namespace', color: 'charts.foreground' }],
];

export function knownAgent(name: string): KnownAgent | undefined {
  return knownAgents.find(([pattern]) => pattern.test(name))?.[1];
}

/** The icon (a codicon) and the colour (a theme colour) of an agent. */
export function agentLook(agent: Pick<Agent, 'name'> | undefined): { icon: string; color: string } {
  return knownAgent(agent?.name ?? '') ?? { icon: 'circuit-board', color: 'charts.lines' };
}
