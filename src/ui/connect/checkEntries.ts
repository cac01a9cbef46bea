import {
  applyFresh,
  type Connection,
  type ConnectionPlan,
  type ConnectionRequest,
  listConnections,
  planConnection,
} from '../../agents/config/connectAgent.ts';
import { readConnection } from '../../agents/doctor/readConnection.ts';
import { describeError } from '../../util/errors.ts';
import { agentNames, leftToDo } from './agentText.ts';
import { programOf, reachFor } from './connectFlow.ts';
import type { ConnectContext } from './context.ts';
import { shownPath } from './display.ts';
import { movedTo } from './movedTo.ts';
import { connectionName } from './pickConnection.ts';
import { writeConnection } from './writeConnection.ts';

/**
 * When entries are checked after connecting, in milliseconds: an agent that was running may overwrite its file with what it has in memory.
 */
export const checkEntriesMs = [15_000, 120_000, 600_000] as const;

/**
 * Checks whether the entries that AgentRQ wrote for this window's workspaces still exist, and asks the user about each missing one, once.
 * @param asked the entries that were asked about already
 */
export async function checkEntries(
  context: ConnectContext,
  asked: Set<string>,
  disconnect: (connection: Connection) => Promise<void>,
): Promise<void> {
  const { prompts, l10n, board } = context;
  const { machine } = context.system();
  const own = new Set(context.workspaceIds());
  const connections = await listConnections(machine);
  for (const connection of connections) {
    const { agent, workspaceId, connectedAt } = connection;
    const key = `${agent} ${workspaceId} ${connectedAt}`;
    if (!own.has(workspaceId) || asked.has(key)) continue;
    const folder = movedTo(context, connection, connections);
    // Files in the project folder moved along with it.
    if (folder !== undefined && agent !== 'claudeCode' && connection.files.some(({ scope }) => scope === 'project')) continue;
    const place = connectionName(connection, board.board);
    const file = await lostFrom(context, connection);
    let text: string;
    if (file !== undefined) {
      text = l10n.t(
        'The entry of AgentRQ for {0} is gone from {1}: {2} can’t reach you there any more. It may have run while it was connected, and written the file as it was before. Write the entry again?',
        place,
        shownPath(file, machine),
        agentNames[agent],
      );
    } else if (folder !== undefined && agent === 'claudeCode') {
      text = l10n.t(
        '{0} has the entry of AgentRQ for {1} under the former path of its folder, and can’t reach you from where that is now. Write the entry again?',
        agentNames[agent],
        place,
      );
    } else continue;
    asked.add(key);
    const pressed = await prompts.toast('warning', text, [l10n.t('Write Again'), l10n.t('Disconnect…')]);
    if (pressed === 0) await writeAgain(context, folder === undefined ? connection : { ...connection, folder });
    else if (pressed === 1) await disconnect(connection);
  }
}

/** The agent's config file, if it has no entry of ours any more. */
async function lostFrom({ system, log }: ConnectContext, connection: Connection): Promise<string | undefined> {
  try {
    const { server } = await readConnection(system().machine, connection, { transport: 'bridge' });
    return server.present === undefined ? server.file : undefined;
  } catch (error) {
    log.warn(`the entry of ${connection.agent} could not be read: ${describeError(error)}`);
    return undefined;
  }
}

/** Writes an entry again. The user has reviewed it when they connected the agent; any other change is reviewed first. */
export async function writeAgain(context: ConnectContext, connection: Connection): Promise<void> {
  const { prompts, l10n, editor } = context;
  const { machine, install } = context.system();
  const { agent, workspaceId, folder, transport, hooks, wake } = connection;
  const reach = await reachFor(context, workspaceId, transport);
  const program = wake === true ? await programOf(context, agent) : undefined;
  const request: ConnectionRequest = { agent, workspaceId, reach, hooks, wake, program, ...(folder !== undefined && { folder }) };
  const makePlan = (): Promise<ConnectionPlan> => planConnection(machine, request);
  const plan = await makePlan();
  const isNews = plan.edits.some(({ changed, scope, next }) => changed.length > 0 || scope === 'project' || next === undefined);
  if (isNews || !editor.isTrusted()) {
    await writeConnection(context, request, l10n.t('Connect {0}', agentNames[agent]));
    return;
  }
  install();
  await applyFresh(machine, plan, makePlan);
  prompts.showStatus(leftToDo(connection, l10n)[0] ?? '');
}
