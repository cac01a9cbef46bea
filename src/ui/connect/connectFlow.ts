import {
  type AgentId,
  type Connection,
  findConnection,
  hookDialects,
  listConnections,
  mayBeWoken,
  type Reach,
} from '../../agents/config/connectAgent.ts';
import { pickWorkspace } from '../shell/pickWorkspace.ts';
import { workspaceName } from '../text/displayNames.ts';
import { agentNames } from './agentText.ts';
import { pickHooks, pickWay, pickWhatToDo } from './askHow.ts';
import type { ConnectContext } from './context.ts';
import { copyEntry } from './copyEntry.ts';
import { pickAgent } from './pickAgent.ts';
import { writeConnection } from './writeConnection.ts';

/** Actions on an agent that is connected already. */
export interface AfterConnecting {
  check(connection: Connection): Promise<void>;
  disconnect(connection: Connection): Promise<void>;
}

/**
 * Connects an agent: asks for the agent, the workspace and the way, shows everything that would be written, and then writes it.
 * @param chosen the workspace; asked for if not given
 * @throws ConfigError with the next step; nothing was changed then
 */
export async function connectFlow(context: ConnectContext, after: AfterConnecting, chosen?: string): Promise<void> {
  const { board, prompts, editor, l10n } = context;
  const { machine } = context.system();
  const connections = await listConnections(machine);
  const agent = await pickAgent(context, connections);
  if (agent === undefined) return;
  if (agent === 'vscode' && editor.hasMcp) {
    await prompts.confirm(
      l10n.t('VS Code is already connected'),
      l10n.t('AgentRQ registers its hub with this editor by itself. Open the tools of the chat in agent mode and look for AgentRQ there.'),
      [],
    );
    return;
  }
  const name = agent === 'other' ? l10n.t('another agent') : agentNames[agent];
  const workspaceId =
    chosen ??
    (await pickWorkspace(
      { board: board.board, own: context.workspaceIds(), prompts, l10n },
      { title: l10n.t('Connect {0}', name), placeholder: l10n.t('For which workspace?') },
    ));
  if (workspaceId === undefined) return;
  const uri = board.board.workspaces.get(workspaceId)?.folder;
  const folder = uri === undefined ? undefined : editor.pathOf(uri);
  const title = l10n.t('Connect {0} to {1}', name, workspaceName(board.board, workspaceId));
  const place = { workspaceId, ...(folder !== undefined && { folder }) };
  if (agent === 'other') return copyEntry(context, { agent: undefined, ...place, title });

  const present = findConnection(connections, { agent, ...place }, machine);
  if (present !== undefined) {
    const next = await pickWhatToDo(context, title);
    if (next === 'check') return after.check(present);
    if (next === 'disconnect') return after.disconnect(present);
    if (next === undefined) return;
  }
  const hasHooks = hookDialects[agent] !== undefined;
  const how = await pickWay(context, agent, title, hasHooks);
  if (how === undefined) return;
  if (how === 'copy') return copyEntry(context, { agent, ...place, title });
  const transport = how === 'direct' ? 'http' : 'bridge';
  const can = { report: hasHooks, wake: mayBeWoken(agent, transport) };
  const reports =
    how === 'recommended'
      ? { hooks: hasHooks, wake: false }
      : can.report || can.wake
        ? await pickHooks(context, title, can)
        : { hooks: false, wake: false };
  if (reports === undefined) return;
  const reach = await reachFor(context, workspaceId, transport);
  const connection = await writeConnection(
    context,
    { agent, ...place, reach, ...reports, program: await programOf(context, agent) },
    title,
  );
  if (connection !== undefined) await after.check(connection);
}

/** The path of an agent's program, if found. */
export async function programOf({ system }: ConnectContext, agent: AgentId): Promise<string | undefined> {
  return (await system().detect()).find((found) => found.agent === agent)?.program;
}

/** What an entry with this transport needs to reach the hub. */
export async function reachFor({ api }: ConnectContext, workspaceId: string, transport: Reach['transport']): Promise<Reach> {
  if (transport === 'bridge') return { transport };
  const { mcpUrl, token } = await api.call('getWorkspaceToken', { workspaceId });
  return { transport, mcpUrl, token };
}
