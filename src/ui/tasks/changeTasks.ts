import type { HubApi } from '../../client/hubApi.ts';
import { HubError } from '../../protocol/hubErrors.ts';
import type { Task, TaskStatus } from '../../protocol/model.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { L10n } from '../text/l10n.ts';
import type { UndoStack } from './undoStack.ts';

/** The changes that the user can make to a task on the board. */
export interface TaskPatch {
  status?: TaskStatus;
  sortOrder?: number;
  archived?: boolean;
  title?: string;
  body?: string;
  assignee?: Task['assignee'];
  /** The one agent that it is for; `null`: any agent. */
  meantFor?: string | null;
}

/** A task and its changes. */
export interface TaskChange {
  task: Task;
  to: TaskPatch;
}

/** A change in words: one sentence once it is done, another once it is undone. */
export interface ChangeWords {
  did: string;
  undid: string;
}

/** Applies changes and makes them undoable. */
export interface TaskChanges {
  /** If one change fails, the ones before it stay applied and can be undone. */
  apply(words: ChangeWords, changes: readonly TaskChange[]): Promise<void>;
}

export function createTaskChanges(deps: {
  api: HubApi;
  undo: UndoStack;
  /** Shows what was done with an offer to undo it, until disposed. */
  offerUndo(words: string): Disposable;
  l10n: L10n;
}): TaskChanges {
  const { api, undo, l10n } = deps;

  async function send({ id, workspaceId }: Task, { status, ...rest }: TaskPatch): Promise<void> {
    if (status !== undefined) await api.call('changeTaskStatus', { workspaceId, taskId: id, value: status });
    if (Object.keys(rest).length > 0) await api.call('updateTask', { workspaceId, taskId: id, ...rest });
  }

  /** The task as the hub has it, since the board may not have heard of the last change yet; `undefined` if it was deleted. */
  async function presentTask({ id, workspaceId }: Task): Promise<Task | undefined> {
    try {
      return (await api.call('getTask', { workspaceId, taskId: id })).task;
    } catch (error) {
      if (error instanceof HubError && error.code === 'task_not_found') return undefined;
      throw error;
    }
  }

  async function undoChanges({ did, undid }: ChangeWords, done: readonly TaskChange[]): Promise<string> {
    let kept = 0;
    for (const { task, to } of done.toReversed()) {
      const now = await presentTask(task);
      // A task that was changed since is left alone.
      if (now === undefined || !isEither(now, task, to)) kept += 1;
      else await send(task, valuesOf(task, to));
    }
    if (kept === 0) return undid;
    if (kept === done.length) return l10n.t('Not undone, because it has changed since: {0}', did);
    return l10n.t('Undone, except for what has changed since: {0}', did);
  }

  async function apply(words: ChangeWords, changes: readonly TaskChange[]): Promise<void> {
    const done: TaskChange[] = [];
    let offer: Disposable | undefined;
    const undoAll = (): Promise<string> => {
      offer?.dispose();
      return undoChanges(words, done);
    };
    try {
      for (const change of changes) {
        done.push(change);
        await send(change.task, change.to);
      }
    } catch (error) {
      done.pop();
      throw error;
    } finally {
      if (done.length > 0) undo.push({ words: words.did, undo: undoAll });
    }
    offer = deps.offerUndo(words.did);
  }

  return { apply: (words, changes) => undo.inTurn(() => apply(words, changes)) };
}

/** The values of `task` for the properties in `patch`. */
function valuesOf({ status, sortOrder, archivedAt, title, body, assignee, meantFor }: Task, patch: TaskPatch): TaskPatch {
  return {
    ...(patch.status !== undefined && { status }),
    ...(patch.sortOrder !== undefined && { sortOrder }),
    ...(patch.archived !== undefined && { archived: archivedAt !== undefined }),
    ...(patch.title !== undefined && { title }),
    ...(patch.body !== undefined && { body }),
    ...(patch.assignee !== undefined && { assignee }),
    ...(patch.meantFor !== undefined && { meantFor: meantFor ?? null }),
  };
}

/** Whether the task has the values after the change, or those before it: an undo that failed may have got this far. */
function isEither(now: Task, before: Task, to: TaskPatch): boolean {
  const values = valuesOf(now, to);
  const old = valuesOf(before, to);
  return (Object.keys(to) as (keyof TaskPatch)[]).every((key) => values[key] === to[key] || values[key] === old[key]);
}
