import { type Connection, listConnections } from '../../agents/config/connectAgent.ts';
import { readConnection } from '../../agents/doctor/readConnection.ts';
import { describeError } from '../../util/errors.ts';
import { agentNames } from './agentText.ts';
import type { ConnectContext } from './context.ts';

/**
 * Tells the user which agents have to be connected again because their entries contain an old address of the hub. What listens there now
 * gets a token that is no longer valid. Nothing is shown if there are none.
 */
export async function tellMoved(context: ConnectContext, url: string, connect: () => Promise<void>): Promise<void> {
  const { prompts, l10n } = context;
  const connections = await listConnections(context.system().machine);
  const stale = await Promise.all(connections.map(async (one) => ((await namesAnother(context, one, url)) ? [agentNames[one.agent]] : [])));
  const names = [...new Set(stale.flat())];
  if (names.length === 0) return;
  const text = l10n.t('The hub has moved to port {0}. Connected directly, please connect again: {1}.', new URL(url).port, names.join(', '));
  if ((await prompts.toast('warning', text, [l10n.t('Connect Agent…')])) !== undefined) await connect();
}

async function namesAnother({ system, log }: ConnectContext, connection: Connection, url: string): Promise<boolean> {
  if (connection.transport !== 'http') return false;
  try {
    const reach = { transport: 'http' as const, mcpUrl: `${url}/mcp/${connection.workspaceId}`, token: '' };
    const { present } = (await readConnection(system().machine, connection, reach)).server;
    return present?.kind === 'http' && new URL(present.url).origin !== url;
  } catch (error) {
    log.warn(`the entry of ${connection.agent} could not be read: ${describeError(error)}`);
    return false;
  }
}
