import {
  applyFresh,
  applyPlan,
  type Connection,
  type ConnectionPlan,
  listConnections,
  planDisconnection,
} from '../../agents/config/connectAgent.ts';
import { undoPlan } from '../../agents/config/undoPlan.ts';
import { agentNames } from './agentText.ts';
import type { ConnectContext } from './context.ts';
import { movedTo } from './movedTo.ts';
import { connectionName, pickConnection } from './pickConnection.ts';
import { reviewPlan } from './reviewPlan.ts';

/**
 * Removes what AgentRQ wrote for an agent, after the user has reviewed it, and offers to undo that.
 * @param chosen asked for if not given
 * @throws ConfigError with the next step; nothing was changed then
 */
export async function disconnectFlow(context: ConnectContext, chosen?: Connection): Promise<void> {
  const { board, prompts, l10n } = context;
  const { machine } = context.system();
  const connection = chosen ?? (await choose(context));
  if (connection === undefined) return;
  const name = agentNames[connection.agent];
  const place = connectionName(connection, board.board);
  const folder = movedTo(context, connection, await listConnections(machine)) ?? connection.folder;
  const makePlan = (): Promise<ConnectionPlan> => planDisconnection(machine, { ...connection, ...(folder !== undefined && { folder }) });
  const plan = await makePlan();
  if (plan.edits.length > 0) {
    const reviewed = await reviewPlan(context, plan, {
      title: l10n.t('Disconnect {0} from {1}', name, place),
      placeholder: l10n.t('Nothing is changed yet. This is what AgentRQ will remove.'),
      write: plan.edits.length === 1 ? l10n.t('Change 1 File') : l10n.t('Change {0} Files', plan.edits.length),
    });
    if (reviewed !== 'write') return;
  }
  // The plan that is applied: it is made anew if a file changed in between.
  let applied = plan;
  await applyFresh(machine, plan, async () => (applied = await makePlan()));
  const pressed = await prompts.toast('info', l10n.t('{0} is disconnected from {1}. Start it again, so that it notices.', name, place), [
    l10n.t('Undo'),
  ]);
  if (pressed === undefined) return;
  await applyPlan(machine, undoPlan(applied));
  prompts.showStatus(l10n.t('{0} is set up for {1} again.', name, place));
}

async function choose(context: ConnectContext): Promise<Connection | undefined> {
  const { prompts, l10n } = context;
  const connections = await listConnections(context.system().machine);
  if (connections.length === 0) {
    await prompts.toast('info', l10n.t('AgentRQ has written nothing for any agent, so there is nothing to remove.'));
    return undefined;
  }
  return pickConnection(context, connections, {
    title: l10n.t('Disconnect an Agent'),
    placeholder: l10n.t('What AgentRQ wrote for it is removed from its files.'),
  });
}
