import { type Connection, listConnections } from '../../agents/config/connectAgent.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { introductions } from './agentText.ts';
import { type Check, type CheckActions, createCheck } from './check.ts';
import type { ConnectContext } from './context.ts';
import { pickConnection } from './pickConnection.ts';

/** The checks of this window, one at a time. */
export interface Checks extends Disposable {
  /**
   * Checks a connection, or shows the check that goes on. Resolves once there is a result.
   * @param chosen asked for if there are several
   * @param agentId the agent whose connection it is, if one of those fits
   */
  check(chosen?: Connection, agentId?: string): Promise<void>;
}

export function createChecks(context: ConnectContext, actions: CheckActions): Checks {
  let current: Check | undefined;

  async function choose(agentId: string | undefined): Promise<Connection | undefined> {
    const { board, prompts, l10n } = context;
    const connections = await listConnections(context.system().machine);
    if (connections.length === 0) {
      await prompts.toast('info', l10n.t('AgentRQ has connected no agent on this machine yet. Run “AgentRQ: Connect an Agent”.'));
      return undefined;
    }
    const agent = board.board.agents.get(agentId ?? '');
    const own = connections.filter(
      (each) => agent !== undefined && each.workspaceId === agent.workspaceId && introductions[each.agent].test(agent.name),
    );
    const among = own.length > 0 ? own : connections;
    if (among.length === 1) return among[0];
    return pickConnection(context, among, { title: l10n.t('Check an Agent’s Connection'), placeholder: l10n.t('Which one?') });
  }

  return {
    async check(chosen, agentId) {
      const goesOn = current?.isRunning === true ? current : undefined;
      if (chosen === undefined && agentId === undefined && goesOn !== undefined) return goesOn.show();
      const connection = chosen ?? (await choose(agentId));
      if (connection === undefined) return;
      if (goesOn !== undefined && isSame(goesOn.connection, connection)) return goesOn.show();
      current?.dispose();
      const check = createCheck(context, connection, actions, () => {
        if (current === check) current = undefined;
      });
      current = check;
      await check.run();
    },
    dispose: () => current?.dispose(),
  };
}

function isSame(one: Connection, other: Connection): boolean {
  return one.agent === other.agent && one.workspaceId === other.workspaceId && one.connectedAt === other.connectedAt;
}
