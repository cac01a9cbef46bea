import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import { isFinished } from '../../protocol/isFinished.ts';
import type { Task, TaskStatus } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import { pickTask } from '../shell/pickTask.ts';
import type { PickItem, Prompts } from '../shell/prompts.ts';
import { taskTitle } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { isStoppable, statusOrder, statusText } from '../text/statusText.ts';
import { targetOf } from '../tree/commandTarget.ts';
import type { RunTaskCommand } from './api.ts';
import { arrangeTasks, type TaskGroup } from './arrangeTasks.ts';
import { pickOwner } from './assignFlow.ts';
import type { ChangeWords, TaskChange, TaskChanges } from './changeTasks.ts';
import { chosenTasks } from './chosenTasks.ts';
import { byOne, toPlace, toStatus } from './moveTasks.ts';
import { stopFlow } from './stopFlow.ts';
import type { TaskList } from './taskList.ts';
import { plainTaskView } from './taskView.ts';
import type { UndoStack } from './undoStack.ts';

export interface TaskActionDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  list: TaskList;
  changes: TaskChanges;
  undo: UndoStack;
  /** Opens the words of a task in an editor. */
  edit(task: Task): Promise<void>;
  clock: Clock;
  /** The selected rows of the view. */
  selected(): Promise<readonly unknown[]>;
  l10n: L10n;
}

type Goal = { kind: 'status'; status: Task['status'] } | { kind: 'top' } | { kind: 'end' };

type ActionName =
  | 'moveTaskUp'
  | 'moveTaskDown'
  | 'moveTaskTo'
  | 'changeTaskStatus'
  | 'archiveTask'
  | 'restoreTask'
  | 'deleteTask'
  | 'stopTask'
  | 'assignTask'
  | 'editTask'
  | 'undo'
  | 'showMoreTasks';

export interface TaskActions extends Readonly<Record<ActionName, RunTaskCommand>> {
  /** Moves tasks that were dropped on a group, or before a task. */
  drop(tasks: readonly Task[], target: { taskId?: string; group?: string }): Promise<void>;
  /** Moves a task before another one of this status, or to the end, whatever the view shows. */
  place(taskId: string, status: TaskStatus, before: string | undefined): Promise<void>;
}

/** The user's actions on tasks. Each is undoable or confirmed. */
export function createTaskActions(deps: TaskActionDeps): TaskActions {
  const { board, api, prompts, list, changes, l10n } = deps;

  async function choose(
    argument: unknown,
    selected: readonly unknown[] | undefined,
    question: string,
    among = board.board,
  ): Promise<Task[]> {
    const rows = selected ?? (argument === undefined || isRow(argument) ? await deps.selected() : []);
    const chosen = chosenTasks(list.board(), argument, rows);
    if (chosen.length > 0) return chosen;
    const picked = await pickTask(among, question, { prompts, l10n });
    return picked === undefined ? [] : [picked];
  }

  function named(tasks: readonly Task[]): string {
    const [only] = tasks;
    return tasks.length === 1 ? `“${taskTitle(only, l10n)}”` : l10n.t('{0} tasks', tasks.length);
  }

  function groupOf(task: Task): TaskGroup | undefined {
    return list.groups().find(({ tasks }) => tasks.some(({ id }) => id === task.id));
  }

  async function apply(words: ChangeWords, todo: readonly TaskChange[]): Promise<void> {
    if (todo.length > 0) await changes.apply(words, todo);
  }

  /** Rows can only be moved when they are sorted by the queue. */
  function hasQueue(): boolean {
    if (list.view.order === 'queue') return true;
    prompts.showStatus(l10n.t('Sort the tasks by their place in the queue to move them.'));
    return false;
  }

  async function place(group: TaskGroup, tasks: readonly Task[], before: string | undefined): Promise<void> {
    const isMoved = group.status !== undefined && tasks.some(({ status }) => status !== group.status);
    const did = isMoved ? l10n.t('{0} moved to {1}.', named(tasks), group.label) : l10n.t('{0} moved in the queue.', named(tasks));
    await apply({ did, undid: undidMove(tasks) }, toPlace(group, tasks, before));
  }

  async function setStatus(tasks: readonly Task[], status: Task['status']): Promise<void> {
    const did = l10n.t('{0} moved to {1}.', named(tasks), statusText(status, l10n));
    await apply({ did, undid: undidMove(tasks) }, toStatus(tasks, status));
  }

  /** `tasks`: as they were before the move. */
  function undidMove(tasks: readonly Task[]): string {
    const [first] = tasks;
    const shareStatus = first !== undefined && tasks.every(({ status }) => status === first.status);
    return shareStatus
      ? l10n.t('Undid the move of {0}: back in {1}.', named(tasks), statusText(first.status, l10n))
      : l10n.t('Undid the move of {0}.', named(tasks));
  }

  async function moveByOne(argument: unknown, selected: readonly unknown[] | undefined, direction: -1 | 1): Promise<void> {
    const tasks = await choose(argument, selected, l10n.t('Which task do you want to move?'));
    const [first] = tasks;
    const group = first === undefined ? undefined : groupOf(first);
    if (group === undefined || !hasQueue()) return;
    await apply({ did: l10n.t('{0} moved in the queue.', named(tasks)), undid: undidMove(tasks) }, byOne(group, tasks, direction));
  }

  async function ask(tasks: readonly Task[], withPlaces: boolean): Promise<Goal | undefined> {
    const [only] = tasks;
    const statuses = statusOrder
      .filter((status) => status !== 'cron' && tasks.some((task) => task.status !== status))
      .map((status): PickItem<Goal> => ({ label: statusText(status, l10n), value: { kind: 'status', status } }));
    const places: PickItem<Goal>[] = [
      { label: l10n.t('First in the Queue'), value: { kind: 'top' } },
      { label: l10n.t('Last in the Queue'), value: { kind: 'end' } },
    ];
    const result = await prompts.pickOne(withPlaces ? [...places, ...statuses] : statuses, {
      title: tasks.length === 1 ? l10n.t('Status of “{0}”', taskTitle(only, l10n)) : l10n.t('Status of {0} tasks', tasks.length),
      placeholder:
        tasks.length === 1 && only !== undefined
          ? l10n.t('It is {0} now. Change it to:', statusText(only.status, l10n))
          : l10n.t('Change them to:'),
    });
    return result.kind === 'picked' ? result.value : undefined;
  }

  async function move(argument: unknown, selected: readonly unknown[] | undefined, withPlaces: boolean): Promise<void> {
    const tasks = await choose(argument, selected, l10n.t('Which task do you want to move?'));
    const [first] = tasks;
    if (first === undefined) return;
    const goal = await ask(tasks, withPlaces);
    if (goal === undefined) return;
    if (goal.kind === 'status') return setStatus(tasks, goal.status);
    const group = groupOf(first);
    if (group === undefined || !hasQueue()) return;
    await place(group, tasks, goal.kind === 'top' ? group.tasks[0]?.id : undefined);
  }

  async function archive(argument: unknown, selected: readonly unknown[] | undefined, archived: boolean): Promise<void> {
    const tasks = (await choose(argument, selected, l10n.t('Which task do you want to archive?'))).filter(
      ({ archivedAt }) => (archivedAt !== undefined) !== archived,
    );
    const words = archived
      ? { did: l10n.t('{0} archived.', named(tasks)), undid: l10n.t('Undid archiving {0}.', named(tasks)) }
      : { did: l10n.t('{0} unarchived.', named(tasks)), undid: l10n.t('Undid unarchiving {0}.', named(tasks)) };
    await apply(
      words,
      tasks.map((task) => ({ task, to: { archived } })),
    );
  }

  return {
    moveTaskUp: (argument, selected) => moveByOne(argument, selected, -1),
    moveTaskDown: (argument, selected) => moveByOne(argument, selected, 1),
    moveTaskTo: (argument, selected) => move(argument, selected, true),
    changeTaskStatus: (argument, selected) => move(argument, selected, false),
    async stopTask(argument, selected) {
      const among = { ...board.board, tasks: new Map([...board.board.tasks].filter(([, task]) => isStoppable(task))) };
      if (among.tasks.size === 0) return stopFlow([], deps);
      const tasks = await choose(argument, selected, l10n.t('Which task do you want to stop?'), among);
      if (tasks.length > 0) await stopFlow(tasks, deps);
    },
    async assignTask(argument, selected) {
      const among = { ...board.board, tasks: new Map([...board.board.tasks].filter(([, task]) => !isFinished(task))) };
      const chosen = await choose(argument, selected, l10n.t('Which task do you want to assign?'), among);
      const tasks = chosen.filter((task) => !isFinished(task));
      if (tasks.length === 0) {
        if (chosen.length > 0) prompts.showStatus(l10n.t('Nothing is left to do in {0}.', named(chosen)));
        return;
      }
      const title = tasks.length === 1 ? l10n.t('Assign {0}', named(tasks)) : l10n.t('Assign {0} tasks', tasks.length);
      const owner = await pickOwner(tasks, title, { board: board.board, prompts, now: deps.clock.now(), l10n });
      if (owner === undefined) return;
      const others = tasks.filter((task) => task.assignee !== owner.to.assignee || (task.meantFor ?? null) !== owner.to.meantFor);
      await apply(
        { did: owner.did(named(tasks)), undid: l10n.t('Undid the assignment of {0}.', named(tasks)) },
        others.map((task) => ({ task, to: owner.to })),
      );
    },
    async editTask(argument, selected) {
      const [task] = await choose(argument, selected, l10n.t('Which task do you want to edit?'));
      if (task !== undefined) await deps.edit(task);
    },
    archiveTask: (argument, selected) => archive(argument, selected, true),
    restoreTask: (argument, selected) => archive(argument, selected, false),
    async deleteTask(argument, selected) {
      const tasks = await choose(argument, selected, l10n.t('Which task do you want to delete?'));
      if (tasks.length === 0) return;
      const pressed = await prompts.confirm(
        l10n.t('Delete {0}?', named(tasks)),
        l10n.t('Its messages, and what agents ask in it, go with it. This cannot be undone. To put it out of sight, archive it.'),
        [l10n.t('Delete')],
      );
      if (pressed === undefined) return;
      for (const { id, workspaceId } of tasks) await api.call('deleteTask', { workspaceId, taskId: id });
    },
    async undo() {
      prompts.showStatus((await deps.undo.undo()) ?? l10n.t('There is nothing to undo.'));
    },
    async showMoreTasks(argument) {
      const { group } = targetOf(argument);
      if (group !== undefined) list.showMore(group);
    },
    async place(taskId, status, before) {
      const task = board.board.tasks.get(taskId);
      if (task === undefined) return;
      const label = statusText(status, l10n);
      const group = arrangeTasks(board.board, plainTaskView, l10n).find((each) => each.status === status);
      await place(group ?? { id: `status:${status}`, label, status, tasks: [] }, [task], before);
    },
    async drop(tasks, target) {
      const onto = target.taskId;
      const group = list
        .groups()
        .find(({ id, tasks: own }) => (onto === undefined ? id === target.group : own.some((task) => task.id === onto)));
      if (group === undefined || tasks.length === 0) return;
      const strangers = tasks.filter((task) => groupOf(task) !== group);
      if (group.status === undefined && strangers.length > 0) {
        prompts.showStatus(
          l10n.t('A task stays with its agent and in its workspace. Drop it among its own, or group the tasks by status.'),
        );
        return;
      }
      if (list.view.order === 'queue') await place(group, tasks, onto);
      else if (group.status !== undefined && strangers.length > 0) await setStatus(tasks, group.status);
      else hasQueue();
    },
  };
}

function isRow(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'row' in argument;
}
