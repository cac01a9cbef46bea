import type { Board } from '../../client/board.ts';
import { openRequests } from '../../client/needs.ts';
import type { Task, TaskStatus } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import { agentName, workspaceHint, workspaceName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { statusOrder, statusWord } from '../text/statusText.ts';
import { compareTasks } from './compareTasks.ts';
import { filterTasks } from './filterTasks.ts';
import type { TaskView } from './taskView.ts';

/** Tasks that stand together, in their order. */
export interface TaskGroup {
  /** `status:ongoing`, `agent:<id>`, `workspace:<id>`. */
  readonly id: string;
  readonly label: string;
  /** What tells it from a group of the same name. */
  readonly hint?: string | undefined;
  /** What its tasks have in common, if it is that. */
  readonly status?: TaskStatus;
  readonly tasks: readonly Task[];
}

/**
 * The groups that have tasks, as the person looks at them. `before`: how they were arranged last: the
 * same comes out with it and without it, sooner where comparing takes longest.
 */
export function arrangeTasks(board: Board, view: TaskView, l10n: L10n, before: readonly TaskGroup[] = []): readonly TaskGroup[] {
  const needed = new Set(openRequests(board).map(({ taskId }) => taskId));
  const groups = Map.groupBy(inOrderOf(before, filterTasks(board, needed, view, l10n)), keyOf(view));
  const compare = compareTasks(board, view.order);
  for (const tasks of groups.values()) tasks.sort(compare);
  if (view.group === 'status')
    return statusOrder.flatMap((status) => {
      const tasks = groups.get(status);
      return tasks === undefined ? [] : [{ id: `status:${status}`, label: statusWord(status, l10n), status, tasks }];
    });
  return [...groups]
    .map(([key, tasks]) => ({ id: `${view.group}:${key}`, ...nameOf(board, view, key, l10n), tasks }))
    .toSorted((left, right) => Number(left.last) - Number(right.last) || left.label.localeCompare(right.label))
    .map(({ id, label, hint, tasks }) => ({ id, label, hint, tasks }));
}

/** What is nearly sorted is sorted in no time. */
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

/** What the group of an agent or a workspace is called. `last`: it stands below the others. */
function nameOf(board: Board, view: TaskView, key: string, l10n: L10n): { label: string; hint?: string | undefined; last: boolean } {
  if (view.group === 'workspace') return { label: workspaceName(board, key), last: false };
  if (key === 'human') return { label: l10n.t('For You'), last: false };
  const agent = board.agents.get(key);
  if (agent === undefined) return { label: l10n.t('No Agent Yet'), last: true };
  return { label: agentName(agent, l10n), hint: workspaceHint(board, agent.workspaceId), last: false };
}
