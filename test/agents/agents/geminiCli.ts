import { join } from 'node:path';
import type { ScriptedModel } from '../model/scriptedModel.ts';
import { database } from '../rows/dialogs/questions.ts';
import { type AgentProgram, noDialogs, noTasks, program } from './agentProgram.ts';

const packageName = '@google/gemini-cli';
const bundle = program(packageName, packageName, 'bundle', 'gemini.js');

const environment = ({ url }: ScriptedModel): Record<string, string> => ({
  GEMINI_API_KEY: 'scripted',
  GOOGLE_GEMINI_BASE_URL: url,
  GEMINI_TELEMETRY_ENABLED: 'false',
});

/** Gemini CLI. Without a terminal it asks nobody. */
export const geminiCli: AgentProgram = {
  id: 'geminiCli',
  short: 'gemini',
  name: 'Gemini CLI',
  packageName,
  prepare({ userHome, folder, put }) {
    const settings = {
      security: { auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
      general: { enableAutoUpdate: false, disableUpdateNag: true },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
      model: { name: 'gemini-2.5-pro' },
    };
    put(join(userHome, '.gemini', 'settings.json'), JSON.stringify(settings, null, 2));
    put(join(userHome, '.gemini', 'trustedFolders.json'), JSON.stringify({ [folder]: 'TRUST_FOLDER' }));
  },
  start: ({ model }, prompt) => ({
    command: process.execPath,
    args: [bundle, '-p', prompt],
    env: environment(model),
  }),
  inTerminal: {
    // Without a terminal its model has no shell.
    rows: ['permission', 'pre-approval', 'still asks', 'stopped'],
    start: ({ model }, prompt) => ({ command: process.execPath, args: [bundle, '-i', prompt], env: environment(model) }),
    dialogs: [{ shows: /Allow execution of MCP tool[^]*3\. /, keys: ['3'], isForOwnTool: true }],
  },
  own: { shell: (command) => ({ tool: 'run_shell_command', input: { command, description: 'Make a file' } }) },
  asks: {
    call: { own: 'ask_user', input: { questions: [{ ...database, type: 'choice' }] } },
    dialog: /Answer Questions[^]*Which database\?/,
    told: /"answers":\{"0":"SQLite"\}/,
  },
  cannot: { ...noDialogs, ...noTasks },
};
