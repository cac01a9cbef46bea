import { formatCursor } from '../../protocol/cursor.ts';
import type { Snapshot } from '../../protocol/operations.ts';
import type { ServiceContext } from './context.ts';

/** The state of everything at the head of the log. One turn, one writer: nothing can happen in between. */
export function readSnapshot({ store, log }: ServiceContext, hubId: string): Snapshot {
  return {
    hubId,
    cursor: formatCursor({ epoch: log.epoch, number: log.head }),
    workspaces: store.workspaces.all(),
    tasks: store.tasks.all(),
    requests: store.requests.live(),
    agents: store.agents.all(),
    rules: store.rules.all(),
  };
}
