import type { Connector, ConnectorId } from '../../agents/connectors.ts';
import { connectorFor, connectorIds } from '../../agents/connectors.ts';
import { assertNever } from '../../util/errors.ts';
import { workspaceName } from '../boardNames.ts';
import type { L10n } from '../l10n.ts';
import { pickWorkspace } from '../pickWorkspace.ts';
import type { Command, CommandDeps } from './command.ts';

type Part = 'command' | 'entry';

/** Shows how an agent is connected to the hub, and copies what the person needs for it. The token is asked for only then. */
export function connectAgent(deps: CommandDeps): Command {
  const { board, api, prompts, copy, l10n } = deps;
  return async () => {
    const items = connectorIds.map((id) => ({ label: names[id], description: id === 'vscode' ? l10n.t('nothing to do') : '', value: id }));
    const picked = await prompts.pickOne(items, { title: l10n.t('Connect an Agent'), placeholder: l10n.t('Which agent do you use?') });
    if (picked.kind !== 'picked') return;
    const agent = picked.value;
    const name = names[agent];
    if (agent === 'vscode' && deps.editorHasMcp) {
      await prompts.explain(
        l10n.t('VS Code is already connected'),
        l10n.t(
          'AgentRQ registers its hub with this editor by itself. Open the tools of the chat in agent mode and look for AgentRQ there.',
        ),
        [],
      );
      return;
    }
    const workspaceId = await pickWorkspace(
      { board: board.board, own: deps.workspaceIds(), prompts, l10n },
      { title: l10n.t('Connect {0}', name), placeholder: l10n.t('For which workspace?') },
    );
    if (workspaceId === undefined) return;
    const parts = partsOf(agent);
    const labels = parts.map((part) => (part === 'command' ? l10n.t('Copy Command') : l10n.t('Copy Config Entry')));
    const heading = l10n.t('Connect {0} to {1}', name, workspaceName(board.board, workspaceId));
    const pressed = await prompts.explain(heading, explanation(agent, l10n), labels);
    const part = pressed === undefined ? undefined : parts[pressed];
    if (part === undefined) return;
    const { token, mcpUrl } = await api.call('getWorkspaceToken', { workspaceId });
    await copy(textOf(connectorFor(agent, { url: mcpUrl, token, workspace: workspaceId }), part));
    prompts.note(
      part === 'command'
        ? l10n.t('The command for {0} is on the clipboard.', name)
        : l10n.t('The entry for {0} is on the clipboard.', name),
    );
  };
}

const names: { readonly [K in ConnectorId]: string } = {
  claudeCode: 'Claude Code',
  codex: 'Codex',
  geminiCli: 'Gemini CLI',
  vscode: 'VS Code',
};

function partsOf(agent: ConnectorId): readonly Part[] {
  return agent === 'claudeCode' || agent === 'geminiCli' ? ['command', 'entry'] : ['entry'];
}

function textOf(connector: Connector, part: Part): string {
  return part === 'command' && connector.command !== undefined ? connector.command : connector.entry.text;
}

/** Where what is copied goes. */
function explanation(agent: ConnectorId, l10n: L10n): string {
  const secret = l10n.t(
    'What is copied holds a token that opens this workspace to an agent. Keep it in files of your own, not in the project.',
  );
  return `${place(agent, l10n)}\n\n${secret}`;
}

function place(agent: ConnectorId, l10n: L10n): string {
  switch (agent) {
    case 'claudeCode':
      return l10n.t(
        'Copy the command and run it in a terminal in the folder where you start Claude Code. Or copy the config entry and merge it into ~/.claude.json in your home folder. Then start Claude Code again.',
      );
    case 'codex':
      return l10n.t('Copy the config entry and add it to the end of ~/.codex/config.toml in your home folder. Then start Codex again.');
    case 'geminiCli':
      return l10n.t(
        'Copy the command and run it in a terminal. Or copy the config entry and merge it into ~/.gemini/settings.json in your home folder. Then start Gemini CLI again.',
      );
    case 'vscode':
      return l10n.t(
        'This editor takes no MCP servers from extensions. Copy the config entry and merge it into the mcp.json of your user profile (“MCP: Open User Configuration”).',
      );
    default:
      return assertNever(agent);
  }
}
