import type { Thread } from '../../client/thread.ts';

/** Something was written or asked since the person last had the task before them. */
export function hasNews({ task, requests }: Pick<Thread, 'task' | 'requests'>): boolean {
  if (task === undefined) return false;
  const { seenAt, lastMessageAt } = task;
  if (seenAt === undefined) return true;
  // Times of the hub sort as text.
  if (lastMessageAt !== undefined && lastMessageAt > seenAt) return true;
  return [...requests.values()].some(({ createdAt }) => createdAt > seenAt);
}
