import type { Board } from '../../../client/board.ts';
import { kindOfStatus, waitingOn } from './arrival.ts';
import type { AttentionEvent, AttentionKind } from './event.ts';

/** How much there is of each kind; and since when the longest blocked one is, in milliseconds since 1970. */
export interface AttentionSummary {
  readonly counts: Readonly<Record<AttentionKind, number>>;
  readonly blockedSince: number | undefined;
}

/**
 * What a digest says of these events; with `since` also what was finished or given up since then and all that waits now, whether it was
 * announced or not. Nothing is counted twice, and only what `isCounted` lets pass.
 */
export function summarize(
  board: Board,
  events: readonly AttentionEvent[],
  since: number | undefined,
  isCounted: (subject: Pick<AttentionEvent, 'kind' | 'agent' | 'workspaceId'>) => boolean,
): AttentionSummary {
  const counts = { question: 0, permission: 0, review: 0, task: 0, finished: 0, blocked: 0, message: 0 };
  const counted = new Set<string>();
  const blocked: number[] = [];
  const count = (subject: Parameters<typeof isCounted>[0], about: string, at: string | undefined): void => {
    if (counted.has(about) || !isCounted(subject)) return;
    counted.add(about);
    counts[subject.kind] += 1;
    if (subject.kind === 'blocked' && at !== undefined) blocked.push(Date.parse(at));
  };
  for (const event of since === undefined ? events : [...events, ...waitingOn(board)]) {
    if (event.source.kind === 'status') count(event, `task:${event.taskId}`, event.source.message.createdAt);
    else count(event, event.id.split(':', 2).join(':'), undefined);
  }
  if (since !== undefined) {
    for (const { id, status, updatedAt, agentId, workspaceId } of board.tasks.values()) {
      const kind = kindOfStatus(status);
      // What is blocked waits until it isn't; what is finished or given up is news once.
      if (kind === undefined || (status !== 'blocked' && Date.parse(updatedAt) < since)) continue;
      count({ kind, workspaceId, agent: board.agents.get(agentId ?? '')?.name ?? '' }, `task:${id}`, updatedAt);
    }
  }
  return { counts, blockedSince: blocked.length === 0 ? undefined : Math.min(...blocked) };
}
