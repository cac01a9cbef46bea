import type { BoardChange } from '../../client/boardStore.ts';
import type { Thread } from '../../client/thread.ts';

/** Whether something was written or asked since the user last saw the task. */
export function hasUnseen({ task, requests }: Pick<Thread, 'task' | 'requests'>): boolean {
  if (task === undefined) return false;
  const { seenAt, lastMessageAt } = task;
  if (seenAt === undefined) return true;
  // The hub's times compare as text.
  if (lastMessageAt !== undefined && lastMessageAt > seenAt) return true;
  return [...requests.values()].some(({ createdAt }) => createdAt > seenAt);
}

/** The rows that are announced to screen readers: what an agent wrote or asked just now. */
export function announcedRows({ event, live }: Pick<BoardChange, 'event' | 'live'>): string[] {
  if (!live) return [];
  if (event.type === 'message.created') return event.payload.sender === 'agent' ? [event.payload.id] : [];
  return event.type === 'request.created' && event.payload.status === 'open' ? [event.payload.id] : [];
}
