import type { Board } from '../../client/board.ts';
import { openRequests } from '../../client/needs.ts';
import type { Task, TaskStatus } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import { agentName, workspaceHint, workspaceName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { statusOrder, statusText } from '../text/statusText.ts';
import { compareTasks } from './compareTasks.ts';
import { filterTasks } from './filterTasks.ts';
import type { TaskView } from './taskView.ts';

/** A group of tasks, in order. */
export interface TaskGroup {
  /** `status:ongoing`, `agent:<id>`, `workspace:<id>`. */
  readonly id: string;
  readonly label: string;
  /** What tells it from a group with the same label. */
  readonly hint?: string | undefined;
  /** The status of its tasks, if grouped by status. */
  readonly status?: TaskStatus;
  readonly tasks: readonly Task[];
}

/** The groups that have tasks, for this view. `before`: the previous result. It makes sorting faster and does not change the result. */
export function arrangeTasks(board: Board, view: TaskView, l10n: L10n, before: readonly TaskGroup[] = []): readonly TaskGroup[] {
  const needed = new Set(openRequests(board).map(({ taskId }) => taskId));
  const groups = Map.groupBy(inOrderOf(before, filterTasks(board, needed, view, l10n)), keyOf(view));
  const compare = compareTasks(board, view.order);
  for (const tasks of groups.values()) tasks.sort(compare);
  if (view.group === 'status')
    return statusOrder.flatMap((status) => {
      const tasks = groups.get(status);
      return tasks === undefined ? [] : [{ id: `status:${status}`, label: statusText(status, l10n), status, tasks }];
    });
  return [...groups]
    .map(([key, tasks]) => ({ id: `${view.group}:${key}`, ...nameOf(board, view, key, l10n), tasks }))
    .toSorted((left, right) => Number(left.last) - Number(right.last) || left.label.localeCompare(right.label))
    .map(({ id, label, hint, tasks }) => ({ id, label, hint, tasks }));
}

/** The tasks in their previous order, which makes sorting faster. */
function inOrderOf(before: readonly TaskGroup[], tasks: Task[]): Task[] {
  if (before.length === 0) return tasks;
  const left = new Set(tasks);
  const known = before.flatMap((group) => group.tasks.filter((task) => left.delete(task)));
  return [...known, ...left];
}

function keyOf({ group }: TaskView): (task: Task) => string {
  switch (group) {
    case 'status':
      return (task) => task.status;
    case 'agent':
      return (task) => (task.assignee === 'human' ? 'human' : (task.agentId ?? ''));
    case 'workspace':
      return (task) => task.workspaceId;
    default:
      return assertNever(group);
  }
}

/** The label of a group of an agent or workspace. `last`: it comes after the others. */
function nameOf(board: Board, view: TaskView, key: string, l10n: L10n): { label: string; hint?: string | undefined; last: boolean } {
  if (view.group === 'workspace') return { label: workspaceName(board, key), last: false };
  if (key === 'human') return { label: l10n.t('For You'), last: false };
  const agent = board.agents.get(key);
  if (agent === undefined) return { label: l10n.t('No Agent Yet'), last: true };
  return { label: agentName(agent, l10n), hint: workspaceHint(board, agent.workspaceId), last: false };
}
