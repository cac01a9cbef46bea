import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentId } from '../../../src/agents/config/connectAgent.ts';
import type { AgentMachine } from '../../support/agentMachine.ts';

export const workspaceId = '0h8b1P7TX5V';
export const reach = { transport: 'http', mcpUrl: `http://127.0.0.1:41837/mcp/${workspaceId}`, token: 'arq_0h8b1P7TX5V_A-b_c' } as const;

/** A config file as people have it, by the agent's name. Their lines end with a line feed. */
export function fixture(name: string, folder: string): string {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', `${name}.txt`), 'utf8');
  return text.replaceAll('\r\n', '\n').replace('FOLDER', JSON.stringify(folder).slice(1, -1));
}

/** The files of an agent, and what people have in them. */
export const agentFiles: { readonly [K in AgentId]: (machine: AgentMachine) => { [path: string]: string } } = {
  claudeCode: ({ userHome, project }) => ({
    [join(userHome, '.claude.json')]: fixture('claudeCode.json', project),
    [join(project, '.claude', 'settings.local.json')]: fixture('claudeCodeHooks.json', project),
  }),
  codex: ({ userHome, project }) => ({
    [join(userHome, '.codex', 'config.toml')]: fixture('codex.toml', project),
    [join(userHome, '.codex', 'hooks.json')]: fixture('codexHooks.json', project),
  }),
  geminiCli: ({ userHome, project }) => ({ [join(userHome, '.gemini', 'settings.json')]: fixture('geminiCli.json', project) }),
  vscode: ({ project }) => ({ [join(project, '.vscode', 'mcp.json')]: fixture('vscode.json', project) }),
  copilotCli: ({ userHome, project }) => ({ [join(userHome, '.copilot', 'mcp-config.json')]: fixture('copilotCli.json', project) }),
  agentHost: ({ project }) => ({ [join(project, '.mcp.json')]: fixture('agentHost.json', project) }),
  cursor: ({ userHome, project }) => ({
    [join(userHome, '.cursor', 'mcp.json')]: fixture('cursor.json', project),
    [join(userHome, '.cursor', 'hooks.json')]: fixture('cursorHooks.json', project),
  }),
  cline: ({ userHome, project }) => ({
    [join(userHome, '.cline', 'data', 'settings', 'cline_mcp_settings.json')]: fixture('cline.json', project),
  }),
  opencode: ({ userHome, project }) => ({ [join(userHome, '.config', 'opencode', 'opencode.json')]: fixture('opencode.json', project) }),
};

/** The same text in other spellings, by what is special about them. `undefined` stands for a file that isn't there. */
export const spellings: { readonly [name: string]: (text: string, file: string) => string | undefined } = {
  'as they are': (text) => text,
  'with CRLF': (text) => text.replaceAll('\n', '\r\n'),
  'with a byte order mark': (text) => `\uFEFF${text}`,
  'without a last line end': (text) => text.trimEnd(),
  'with tabs': (text) => text.replaceAll(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2)),
  'that are empty': () => '',
  'of blanks': () => ' \n\n',
  'of an empty object': (_, file) => (file.endsWith('.toml') ? '# nothing yet' : '{}'),
  'of an empty object on two lines': (_, file) => (file.endsWith('.toml') ? '\n# nothing yet\n\n' : '{\n}\n'),
  'with nothing but a comment': (_, file) => (file.endsWith('.toml') ? '#' : '{\n  // nothing yet\n}\n'),
  'that are not there': () => undefined,
};
