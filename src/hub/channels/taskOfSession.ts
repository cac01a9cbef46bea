import type { Caller } from '../service/caller.ts';
import { isGateway } from '../service/channelClients.ts';
import type { ServiceContext } from '../service/context.ts';
import { soleOngoingTask } from '../service/tasks.ts';

/**
 * The task that a session means when it names none: the one that is ongoing, or the one that it was given and nobody has begun. A
 * gateway speaks for the agent that it runs, which works on the task under a name of its own. `undefined` if there is not exactly one.
 */
export function taskOfSession(context: ServiceContext, caller: Caller): string | undefined {
  const { store } = context;
  const ongoing = soleOngoingTask(context, caller);
  if (ongoing !== undefined) return ongoing;
  const unfinished = store.tasks.page({
    workspaceId: caller.agent.workspaceId,
    statuses: ['notstarted', 'ongoing', 'blocked'],
    limit: 200,
    offset: 0,
  });
  const given = unfinished.filter(({ id, status }) => status !== 'ongoing' && store.tasks.connectionOf(id) === caller.connectionId);
  const others = isGateway(caller.agent.name)
    ? unfinished.filter(({ status, assignee }) => status === 'ongoing' && assignee === 'agent')
    : [];
  for (const candidates of [given, others]) if (candidates.length === 1) return candidates[0]?.id;
  return undefined;
}
