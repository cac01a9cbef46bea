import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { database } from '../rows/dialogs/questions.ts';
import type { Stage } from '../stage.ts';
import { type AgentProgram, type CommandLine, noDialogs, noTasks, program } from './agentProgram.ts';

const packageName = '@openai/codex';
const cli = program(packageName, packageName, 'bin', 'codex.js');

/** Goes on with the only session there is, in a terminal. */
export function resumeCodex({ userHome }: Stage): CommandLine {
  const sessions = readdirSync(join(userHome, '.codex', 'sessions'), { recursive: true, encoding: 'utf8' });
  const id = sessions
    .map((path) => /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.jsonl$/.exec(path)?.[1])
    .find((one) => one !== undefined);
  return { command: process.execPath, args: [cli, 'resume', id ?? '--last', '--no-alt-screen'] };
}

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
    // It throws away a key that is pressed when it has just drawn this, so nothing is confirmed before it is chosen.
    dialogs: [
      { shows: /› 1\. Review hooks/, keys: ['2'] },
      { shows: /› 2\. Trust all and continue/, keys: ['Enter'] },
    ],
  },
  own: {
    shell: (command) => ({
      tool: 'exec_command',
      input: { cmd: command, sandbox_permissions: 'require_escalated', justification: 'May I make a file?' },
    }),
    // Its first turn begins while servers still start.
    idle: () => ({ tool: 'exec_command', input: { cmd: 'sleep 0.5' } }),
  },
  // Only in its plan mode.
  asks: {
    call: { own: 'request_user_input', input: { questions: [{ id: 'database', ...database }] } },
    dialog: /Question 1\/1[^]*Which database\?/,
    told: /"answers":\["SQLite"\]/,
    mode: { notYet: /^(?![^]*Plan mode \(shift)/, key: 'BTab' },
  },
  cannot: { ...noDialogs, ...noTasks },
};
