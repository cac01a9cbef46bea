import type { Board } from '../../../client/board.ts';
import { needState } from '../../../client/needs.ts';
import { kindOfStatus, waitingOn } from './arrival.ts';
import type { NotificationEvent, NotificationKind } from './event.ts';

/**
 * The number of events by kind, the agents that they are of, those of them that stand still, and since when the longest blocked task is
 * blocked, in milliseconds since 1970.
 */
export interface NotificationSummary {
  readonly counts: Readonly<Record<NotificationKind, number>>;
  readonly agentIds: readonly string[];
  readonly standing: readonly string[];
  readonly blockedSince: number | undefined;
}

/**
 * The summary of these events; with `since` also of what was finished or rejected since then and of everything that waits, announced or
 * not. Nothing is counted twice, and only what `isCounted` accepts.
 */
export function summarize(
  board: Board,
  events: readonly NotificationEvent[],
  since: number | undefined,
  isCounted: (subject: Pick<NotificationEvent, 'kind' | 'agent' | 'workspaceId'>) => boolean,
): NotificationSummary {
  const counts = { question: 0, permission: 0, review: 0, task: 0, finished: 0, blocked: 0, message: 0 };
  const counted = new Set<string>();
  const blocked: number[] = [];
  const agentIds = new Set<string>();
  const standing = new Set<string>();
  const count = (subject: Parameters<typeof isCounted>[0], agentId: string | undefined, about: string, at?: string): void => {
    if (counted.has(about) || !isCounted(subject)) return;
    counted.add(about);
    counts[subject.kind] += 1;
    if (agentId !== undefined) agentIds.add(agentId);
    if (subject.kind === 'blocked' && at !== undefined) blocked.push(Date.parse(at));
  };
  for (const event of since === undefined ? events : [...events, ...waitingOn(board)]) {
    const { source, agentId } = event;
    if (source.kind === 'status') count(event, agentId, `task:${event.taskId}`, source.message.createdAt);
    else count(event, agentId, event.id.split(':', 2).join(':'));
    if (source.kind === 'request' && agentId !== undefined && agentIds.has(agentId)) {
      if (needState(board, source.request) === 'standsStill') standing.add(agentId);
    }
  }
  if (since !== undefined) {
    for (const { id, status, updatedAt, agentId, workspaceId } of board.tasks.values()) {
      const kind = kindOfStatus(status);
      // Blocked tasks count as long as they are blocked, finished and rejected ones once.
      if (kind === undefined || (status !== 'blocked' && Date.parse(updatedAt) < since)) continue;
      count({ kind, workspaceId, agent: board.agents.get(agentId ?? '')?.name ?? '' }, agentId, `task:${id}`, updatedAt);
    }
  }
  return {
    counts,
    agentIds: [...agentIds],
    standing: [...standing],
    blockedSince: blocked.length === 0 ? undefined : Math.min(...blocked),
  };
}
