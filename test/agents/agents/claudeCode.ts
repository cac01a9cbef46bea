import { join } from 'node:path';
import type { ScriptedModel } from '../model/scriptedModel.ts';
import type { Stage } from '../stage.ts';
import { type AgentProgram, type CommandLine, program } from './agentProgram.ts';

const packageName = '@anthropic-ai/claude-code';
const cli = program(packageName, packageName, 'bin', 'claude.exe');

const environment = ({ url }: ScriptedModel): Record<string, string> => ({
  ANTHROPIC_BASE_URL: url,
  // Of a key it would ask whether to use it.
  ANTHROPIC_AUTH_TOKEN: 'scripted',
  ANTHROPIC_MODEL: 'claude-opus-4-5',
  DISABLE_AUTOUPDATER: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
});

/** Goes on with a session in a terminal. */
export function resumeClaude({ model }: Stage, sessionId: string): CommandLine {
  return { command: cli, args: ['--resume', sessionId, '--permission-mode', 'default'], env: environment(model) };
}

/** Claude Code. Without a terminal it asks its hooks as with one. */
export const claudeCode: AgentProgram = {
  id: 'claudeCode',
  short: 'claude',
  name: 'Claude Code',
  packageName,
  prepare({ userHome, folder, put }) {
    const seen = { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true };
    put(join(userHome, '.claude.json'), JSON.stringify({ hasCompletedOnboarding: true, projects: { [folder]: seen } }));
  },
  start: ({ model }, prompt) => ({ command: cli, args: ['-p', prompt, '--permission-mode', 'default'], env: environment(model) }),
  // Without a terminal its model has no tool for either.
  inTerminal: {
    rows: ['own question', 'plan', 'settled there', 'woken'],
    start: ({ model }, prompt, row) => ({
      command: cli,
      args: [prompt, '--permission-mode', row === 'plan' ? 'plan' : 'default'],
      env: environment(model),
    }),
    dialogs: [],
  },
  own: {
    shell: (command) => ({ tool: 'Bash', input: { command, description: 'Make a file' } }),
    // In a terminal its first turn doesn't wait for servers that start. What they offer is behind this from then on, each tool of its own.
    idle: (tool) => ({ tool: 'ToolSearch', input: { query: `+agentrq ${tool}`, max_results: 5 } }),
  },
  cannot: { 'question there': 'Its own questions are answered on the board.' },
};
