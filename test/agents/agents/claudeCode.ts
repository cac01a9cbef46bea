import { join } from 'node:path';
import { type AgentProgram, program } from './agentProgram.ts';

/** Claude Code. Without a terminal it asks its hooks as with one. */
export const claudeCode: AgentProgram = {
  id: 'claudeCode',
  short: 'claude',
  name: 'Claude Code',
  packageName: '@anthropic-ai/claude-code',
  prepare({ userHome, folder, put }) {
    const seen = { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true };
    put(join(userHome, '.claude.json'), JSON.stringify({ hasCompletedOnboarding: true, projects: { [folder]: seen } }));
  },
  start: ({ model }, prompt) => ({
    command: program('@anthropic-ai', 'claude-code', 'bin', 'claude.exe'),
    args: ['-p', prompt, '--permission-mode', 'default'],
    env: {
      ANTHROPIC_BASE_URL: model.url,
      ANTHROPIC_API_KEY: 'sk-ant-scripted',
      ANTHROPIC_MODEL: 'claude-opus-4-5',
      DISABLE_AUTOUPDATER: '1',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    },
  }),
  shell: (command) => ({ tool: 'Bash', input: { command, description: 'Make a file' } }),
  cannot: {},
};
