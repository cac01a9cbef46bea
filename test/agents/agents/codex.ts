import { join } from 'node:path';
import { type AgentProgram, noDialogs, noTasks, program } from './agentProgram.ts';

const packageName = '@openai/codex';
const cli = program(packageName, packageName, 'bin', 'codex.js');

/** Codex CLI. What `/hooks` asks of a user, to trust the hooks that are new, is said here by a flag. */
export const codex: AgentProgram = {
  id: 'codex',
  short: 'codex',
  name: 'Codex',
  packageName,
  prepare({ userHome, folder, model, put }) {
    const lines = [
      'model = "gpt-5"',
      'model_provider = "scripted"',
      'approval_policy = "on-request"',
      'sandbox_mode = "read-only"',
      '[model_providers.scripted]',
      'name = "scripted"',
      `base_url = "${model.url}/v1"`,
      'wire_api = "responses"',
      `[projects."${folder}"]`,
      'trust_level = "trusted"',
    ];
    put(join(userHome, '.codex', 'config.toml'), `${lines.join('\n')}\n`);
  },
  start: (_stage, prompt) => ({
    command: process.execPath,
    args: [cli, 'exec', '--dangerously-bypass-hook-trust', prompt],
  }),
  // Without a terminal it never asks.
  inTerminal: {
    rows: ['permission', 'pre-approval', 'still asks'],
    start: (_stage, prompt) => ({
      command: process.execPath,
      args: [cli, '--no-alt-screen', prompt],
    }),
    dialogs: [{ shows: /Hooks need review/, keys: ['2', 'Enter'] }],
  },
  own: {
    shell: (command) => ({
      tool: 'exec_command',
      input: { cmd: command, sandbox_permissions: 'require_escalated', justification: 'May I make a file?' },
    }),
    // Its first turn begins while servers still start.
    idle: () => ({ tool: 'exec_command', input: { cmd: 'sleep 0.5' } }),
  },
  cannot: { ...noDialogs, ...noTasks },
};
