import { join } from 'node:path';
import type { ScriptedModel } from '../model/scriptedModel.ts';
import { type AgentProgram, program } from './agentProgram.ts';

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
    // In a terminal its first turn doesn't wait for servers that start.
    idle: { tool: 'ToolSearch', input: { query: 'agentrq', max_results: 5 } },
  },
  cannot: {},
};
