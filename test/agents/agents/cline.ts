import { join } from 'node:path';
import { type AgentProgram, noDialogs, noTasks, program } from './agentProgram.ts';

const noHooks = 'It has no hooks that Connect could write.';
const cli = program('cline', '.bin', 'cline');

/** Cline, on the command line. It allows its tools by itself there. */
export const cline: AgentProgram = {
  id: 'cline',
  short: 'cline',
  name: 'Cline',
  packageName: 'cline',
  // As `cline auth` writes it, which takes 20 seconds where nothing is reached.
  prepare({ userHome, model, put }) {
    const provider = 'openai-compatible';
    const settings = { provider, apiKey: 'scripted', model: 'scripted', baseUrl: `${model.url}/v1` };
    const entry = { settings, updatedAt: new Date().toISOString(), tokenSource: 'manual' };
    const providers = { version: 1, lastUsedProvider: provider, modes: {}, providers: { [provider]: entry } };
    put(join(userHome, '.cline', 'data', 'settings', 'providers.json'), JSON.stringify(providers, null, 2));
  },
  start: (_stage, prompt) => ({ command: cli, args: [prompt] }),
  refusesNoTool: true,
  own: { shell: (command) => ({ tool: 'run_commands', input: { commands: [command] } }) },
  cannot: {
    ...noDialogs,
    ...noTasks,
    permission: noHooks,
    'stop hook': noHooks,
    'question there': noHooks,
    'still asks': 'On the command line it allows every tool by itself.',
  },
};
