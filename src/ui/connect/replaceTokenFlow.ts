import { type Connection, listConnections } from '../../agents/config/connectAgent.ts';
import { pickWorkspace } from '../shell/pickWorkspace.ts';
import { workspaceName } from '../text/displayNames.ts';
import { agentNames } from './agentText.ts';
import type { ConnectContext } from './context.ts';

/**
 * Replaces the token of a workspace's agents after the user has confirmed the consequences. The new token is not shown; it is copied on
 * request.
 * @param chosen the workspace; asked for if not given
 * @param connect connects an agent of that workspace
 */
export async function replaceTokenFlow(
  context: ConnectContext,
  chosen: string | undefined,
  connect: (workspaceId: string) => Promise<void>,
): Promise<void> {
  const { board, api, prompts, editor, l10n } = context;
  const title = l10n.t('Replace an Agent’s Token');
  const workspaceId =
    chosen ??
    (await pickWorkspace(
      { board: board.board, own: context.workspaceIds(), prompts, l10n },
      { title, placeholder: l10n.t('The agents of a workspace share one token. Replace the token of which workspace?') },
    ));
  if (workspaceId === undefined) return;
  const place = workspaceName(board.board, workspaceId);
  const connections = (await listConnections(context.system().machine)).filter((one) => one.workspaceId === workspaceId);
  const confirmed = await prompts.confirm(l10n.t('Replace the token of the agents of {0}?', place), whatHappens(connections, context), [
    l10n.t('Replace Token'),
  ]);
  if (confirmed === undefined) return;
  const { token } = await api.call('rotateAgentToken', { workspaceId });
  const pressed = await prompts.toast('info', l10n.t('The agents of {0} have a new token; the old one no longer works.', place), [
    l10n.t('Connect Agent…'),
    l10n.t('Copy New Token'),
  ]);
  if (pressed === 0) await connect(workspaceId);
  if (pressed !== 1) return;
  await editor.copy(token);
  prompts.showStatus(l10n.t('The new token is on the clipboard. Keep it in files of your own, not in the project.'));
}

function whatHappens(connections: readonly Connection[], { l10n }: ConnectContext): string {
  const named = (transport: Connection['transport']): string[] => [
    ...new Set(connections.filter((one) => one.transport === transport).map(({ agent }) => agentNames[agent])),
  ];
  const direct = named('http');
  const bridged = named('bridge');
  return [
    l10n.t('The current token stops working at once. Open connections end; no question and no answer is lost.'),
    direct.length === 0 ? '' : l10n.t('Connected directly, please connect again: {0}.', direct.join(', ')),
    bridged.length === 0 ? '' : l10n.t('Connected through the bridge, no action needed: {0}.', bridged.join(', ')),
    l10n.t(
      'An entry that you copied needs the new token. VS Code’s own chat gets it when its server is started again (“MCP: List Servers”).',
    ),
  ]
    .filter((sentence) => sentence !== '')
    .join('\n\n');
}
