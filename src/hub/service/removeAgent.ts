import { HubError } from '../../protocol/hubErrors.ts';
import type { Agent } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import type { ServiceContext } from './context.ts';
import { findAgent } from './lookup.ts';

/**
 * The user takes an agent off their list, or puts it back. Its tasks, messages and requests stay, and it is on the list again once it is
 * heard. @throws HubError `agent_not_found`, or `invalid_input` if something of it is open
 */
export function removeAgent(context: ServiceContext, workspaceId: string, agentId: string, removed: boolean): Agent {
  const { store, transact, clock, presence, connections } = context;
  const agent = findAgent(store, workspaceId, agentId);
  const { removedAt, ...kept } = agent;
  if (removed === (removedAt !== undefined)) return presence.of(agent);
  if (removed && connections.isPresent(agentId)) {
    throw new HubError('invalid_input', 'This agent is connected. End it or disconnect it, then remove it.');
  }
  return presence.of(transact((changes) => changes.saveAgent(removed ? { ...kept, removedAt: timestamp(clock) } : kept)));
}
