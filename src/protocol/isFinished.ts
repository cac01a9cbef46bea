import type { Task } from './model.ts';

/** Nothing is to be done about it any more. */
export function isFinished({ status }: Pick<Task, 'status'>): boolean {
  return status === 'completed' || status === 'rejected';
}
