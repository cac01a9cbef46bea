import type { AgentId, Connection } from '../../agents/config/connectAgent.ts';
import { serverName } from '../../protocol/names.ts';
import { unaskedTools } from '../../protocol/unaskedTools.ts';
import { assertNever } from '../../util/errors.ts';
import { knownAgents } from '../text/knownAgents.ts';
import type { L10n } from '../text/l10n.ts';

/** The product names of agents, which are not translated. */
export const agentNames: { readonly [K in AgentId]: string } = {
  claudeCode: knownAgents.claudeCode.name,
  codex: knownAgents.codex.name,
  geminiCli: knownAgents.geminiCli.name,
  vscode: 'VS Code',
  copilotCli: 'Copilot CLI',
  agentHost: 'VS Code Agent Host',
  cursor: knownAgents.cursor.name,
  cline: knownAgents.cline.name,
  opencode: knownAgents.opencode.name,
};

/** Patterns of the names in `clientInfo`. */
export const introductions: { readonly [K in AgentId]: RegExp } = {
  claudeCode: knownAgents.claudeCode.pattern,
  codex: knownAgents.codex.pattern,
  geminiCli: knownAgents.geminiCli.pattern,
  vscode: /^(visual studio code|vs ?code)/i,
  copilotCli: /copilot/i,
  // It runs several agents, each with its own name.
  agentHost: /copilot|agent.?host|^claude|^codex/i,
  cursor: knownAgents.cursor.pattern,
  // The CLI is called `@cline/core`.
  cline: /^(@?cline|roo)/i,
  opencode: knownAgents.opencode.pattern,
};

/** Whether the agent is a program that is started in a terminal. */
export function runsInTerminal(agent: AgentId): boolean {
  switch (agent) {
    case 'claudeCode':
    case 'codex':
    case 'geminiCli':
    case 'copilotCli':
    case 'opencode':
      return true;
    case 'vscode':
    case 'agentHost':
    case 'cursor':
    case 'cline':
      return false;
    default:
      return assertNever(agent);
  }
}

/** The steps that are left to do in the agent itself, a sentence each. */
export function leftToDo(
  { agent, workspaceId, folder, hooks }: Pick<Connection, 'agent' | 'workspaceId' | 'folder' | 'hooks'>,
  l10n: L10n,
): string[] {
  switch (agent) {
    case 'claudeCode':
      return [
        folder === undefined
          ? l10n.t('Start Claude Code again; it reads its servers when it starts.')
          : l10n.t('Start Claude Code again in {0}; it reads its servers when it starts.', folder),
      ];
    case 'codex':
      return [
        l10n.t('Start Codex again; it reads its servers when it starts.'),
        ...(hooks ? [l10n.t('Codex runs new hooks only after you trust them: enter /hooks in it, and trust those of AgentRQ.')] : []),
      ];
    case 'geminiCli':
      return [l10n.t('Start Gemini CLI again; it reads its servers when it starts.')];
    case 'copilotCli':
      return [
        l10n.t('Start Copilot CLI again; it reads its servers when it starts.'),
        l10n.t(
          'It asks in its terminal before it uses a tool of AgentRQ, unless you start it with: {0}',
          `copilot ${quoted(copilotFlags(workspaceId))}`,
        ),
      ];
    case 'vscode':
      return [l10n.t('Run “MCP: List Servers” from the Command Palette, and start the server there.')];
    case 'agentHost':
      return [l10n.t('Begin a new session in the chat. The Agent Host reads .mcp.json of folders that you trust.')];
    case 'cursor':
      return [l10n.t('Open the MCP settings of Cursor, and switch AgentRQ on there.')];
    case 'cline':
      return [l10n.t('Open the MCP servers of Cline; it connects there by itself.')];
    case 'opencode':
      return [l10n.t('Start opencode again; it reads its servers when it starts.')];
    default:
      return assertNever(agent);
  }
}

/** The arguments with which Copilot CLI uses our tools without asking. It has no config file for this. */
export function copilotFlags(workspaceId: string): string[] {
  return ['--allow-tool', ...unaskedTools.map((tool) => `${serverName(workspaceId)}(${tool})`)];
}

function quoted([flag = '', ...words]: string[]): string {
  return [flag, ...words.map((word) => `'${word}'`)].join(' ');
}
