import { copilotFlags } from '../../../src/ui/connect/agentText.ts';
import type { ScriptedModel } from '../model/scriptedModel.ts';
import { database } from '../rows/dialogs/questions.ts';
import { type AgentProgram, noDialogs, noTasks, program } from './agentProgram.ts';

const packageName = '@github/copilot';
const cli = program(packageName, '.bin', 'copilot');

const environment = ({ url }: ScriptedModel): Record<string, string> => ({
  COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
  COPILOT_PROVIDER_API_KEY: 'scripted',
  COPILOT_MODEL: 'scripted',
  COPILOT_OFFLINE: 'true',
  COPILOT_AUTO_UPDATE: 'false',
});

/** Copilot CLI, with a model of the user's own, started as Connect says. Without a terminal it asks nobody. */
export const copilotCli: AgentProgram = {
  id: 'copilotCli',
  short: 'copilot',
  name: 'Copilot CLI',
  packageName,
  prepare() {},
  start: ({ model, workspaceId }, prompt) => ({
    command: cli,
    args: ['-p', prompt, ...copilotFlags(workspaceId)],
    env: environment(model),
  }),
  inTerminal: {
    rows: ['permission', 'pre-approval', 'still asks'],
    start: ({ model, workspaceId }, prompt) => ({
      command: cli,
      args: ['-i', prompt, ...copilotFlags(workspaceId)],
      env: environment(model),
    }),
    dialogs: [
      { shows: /Confirm folder trust/, keys: ['Enter'] },
      { shows: /│ Create Task [^]*Do you want to use this tool/, keys: ['Enter'], isForOwnTool: true },
      { shows: /│ Update Task Status [^]*Do you want to use this tool/, keys: ['Enter'], isForOwnTool: true },
    ],
  },
  own: { shell: (command) => ({ tool: 'bash', input: { command, description: 'Make a file' } }) },
  asks: {
    call: {
      own: 'ask_user',
      input: {
        message: database.question,
        requestedSchema: { properties: { database: { type: 'string', enum: database.options.map(({ label }) => label) } } },
      },
    },
    dialog: /Copilot needs information\.[^]*Which database\?/,
    told: /User responded: SQLite/,
  },
  cannot: { ...noDialogs, ...noTasks },
};
