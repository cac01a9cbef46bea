import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { database } from '../rows/dialogs/questions.ts';
import type { Stage } from '../stage.ts';
import { type AgentProgram, type CommandLine, noDialogs, noTasks, program } from './agentProgram.ts';

const line = (...args: string[]): CommandLine => ({
  command: program('opencode-ai', 'opencode-ai', 'bin', 'opencode.exe'),
  args,
  env: { OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_AUTOUPDATE: '1' },
});

/** Goes on with the only session there is, in a terminal. */
export function resumeOpenCode({ userHome }: Stage): CommandLine {
  const log = readFileSync(join(userHome, '.local', 'share', 'opencode', 'log', 'opencode.log'), 'utf8');
  return line('--session', /message=created id=(ses_\w+)/.exec(log)?.[1] ?? '');
}

const noHooks = 'It has no hooks that Connect could write.';

/** opencode. */
export const openCode: AgentProgram = {
  id: 'opencode',
  short: 'opencode',
  name: 'opencode',
  packageName: 'opencode-ai',
  prepare({ userHome, model, put }) {
    const config = {
      provider: {
        scripted: {
          npm: '@ai-sdk/openai-compatible',
          name: 'Scripted',
          options: { baseURL: `${model.url}/v1`, apiKey: 'scripted' },
          models: { scripted: { name: 'Scripted' } },
        },
      },
      model: 'scripted/scripted',
      autoupdate: false,
      share: 'disabled',
      permission: { bash: 'ask' },
    };
    // For a plugin it waits for packages of its own, and tries for a minute to get them where there is no network.
    put(join(userHome, '.npmrc'), 'fetch-retries=0\n');
    put(join(userHome, '.config', 'opencode', 'opencode.json'), JSON.stringify(config, null, 2));
  },
  start: (_stage, prompt) => line('run', prompt),
  // `run` ends with its prompt, so it is woken in a terminal alone, and asks there alone.
  inTerminal: { rows: ['permission', 'question there'], start: (_stage, prompt) => line('--prompt', prompt), dialogs: [] },
  rejectsWhatItAsks: true,
  refusesNoTool: true,
  reportsIfWoken: ['permission', 'question there'],
  own: { shell: (command) => ({ tool: 'bash', input: { command, description: 'Make a file' } }) },
  asks: {
    call: { own: 'question', input: { questions: [database] } },
    dialog: /Which database\?[^]*1\. SQLite/,
    told: /"Which database\?"="SQLite"/,
  },
  cannot: {
    ...noDialogs,
    ...noTasks,
    'stop hook': noHooks,
  },
};
