import type { Board } from '../../client/board.ts';
import { byId } from '../../client/needs.ts';
import { needFirst } from '../../client/taskGroups.ts';
import { isFinished } from '../../protocol/isFinished.ts';
import type { Task } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import type { TaskOrder } from './taskView.ts';

export type CompareTasks = (left: Task, right: Task) => number;

const collator = new Intl.Collator(undefined, { numeric: true });

/** The comparison of tasks in a group. */
export function compareTasks(board: Board, order: TaskOrder): CompareTasks {
  switch (order) {
    case 'queue':
      return byQueue;
    case 'activity':
      return needFirst(board);
    case 'title':
      return (left, right) => collator.compare(left.title, right.title) || byId(left, right);
    default:
      return assertNever(order);
  }
}

/** The order in which agents get tasks, then the finished ones, the newest first. */
function byQueue(left: Task, right: Task): number {
  const finished = isFinished(left);
  if (finished !== isFinished(right)) return finished ? 1 : -1;
  if (!finished) return left.sortOrder - right.sortOrder || byId(left, right);
  return left.updatedAt === right.updatedAt ? byId(right, left) : left.updatedAt < right.updatedAt ? 1 : -1;
}
