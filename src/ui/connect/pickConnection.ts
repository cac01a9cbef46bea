import type { Connection } from '../../agents/config/connectAgent.ts';
import type { Board } from '../../client/board.ts';
import { joinParts, workspaceName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { agentNames } from './agentText.ts';
import type { ConnectContext } from './context.ts';
import { fileName, shownPath } from './display.ts';

/** Lets the user pick one of the connections that AgentRQ made. */
export async function pickConnection(
  { board, prompts, l10n, system }: ConnectContext,
  connections: readonly Connection[],
  options: { title: string; placeholder: string },
): Promise<Connection | undefined> {
  const items = connections.map((connection) => ({
    label: agentNames[connection.agent],
    description: joinParts([connectionName(connection, board.board), connectionText(connection, l10n)]),
    detail: connection.files.map(({ file }) => shownPath(file, system().machine)).join(', '),
    value: connection,
  }));
  const picked = await prompts.pickOne(items, options);
  return picked.kind === 'picked' ? picked.value : undefined;
}

/** The name of the workspace, or of its folder if the hub does not know the workspace. */
export function connectionName({ workspaceId, folder }: Connection, board: Board): string {
  if (board.workspaces.has(workspaceId) || folder === undefined) return workspaceName(board, workspaceId);
  return fileName(folder);
}

/** The way of the connection, as text. */
export function connectionText({ transport, hooks }: Connection, l10n: L10n): string {
  const how = transport === 'http' ? l10n.t('directly') : l10n.t('through a bridge');
  return hooks ? l10n.t('{0}, with hooks', how) : how;
}
