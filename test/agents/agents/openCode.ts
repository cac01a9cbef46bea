import { join } from 'node:path';
import { type AgentProgram, noDialogs, noTasks, program } from './agentProgram.ts';

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
    put(join(userHome, '.config', 'opencode', 'opencode.json'), JSON.stringify(config, null, 2));
  },
  start: (_stage, prompt) => ({
    command: program('opencode-ai', 'opencode-ai', 'bin', 'opencode.exe'),
    args: ['run', prompt],
    env: { OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_AUTOUPDATE: '1' },
  }),
  rejectsWhatItAsks: true,
  own: { shell: (command) => ({ tool: 'bash', input: { command, description: 'Make a file' } }) },
  cannot: {
    ...noDialogs,
    ...noTasks,
    permission: noHooks,
    'stop hook': noHooks,
  },
};
