import { formatCursor } from '../../protocol/cursor.ts';
import { finishedOnBoard } from '../../protocol/limits.ts';
import type { Snapshot } from '../../protocol/operations.ts';
import type { ServiceContext } from './context.ts';

/** The state of everything that a board shows, at the head of the log. One turn, one writer: nothing can happen in between. */
export function readSnapshot({ store, log, presence }: ServiceContext, hubId: string): Snapshot {
  return {
    hubId,
    cursor: formatCursor({ epoch: log.epoch, number: log.head }),
    workspaces: store.workspaces.all(),
    tasks: store.tasks.onBoard(finishedOnBoard),
    requests: store.requests.live(),
    agents: store.agents.all().map(presence.of),
    rules: store.rules.all(),
  };
}
