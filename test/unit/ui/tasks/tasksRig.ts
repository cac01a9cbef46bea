import type { Board } from '../../../../src/client/board.ts';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import type { Task } from '../../../../src/protocol/model.ts';
import { createArchive } from '../../../../src/ui/tasks/archive.ts';
import { createTaskChanges } from '../../../../src/ui/tasks/changeTasks.ts';
import { createTaskActions } from '../../../../src/ui/tasks/taskActions.ts';
import { createTaskList } from '../../../../src/ui/tasks/taskList.ts';
import { createUndoStack } from '../../../../src/ui/tasks/undoStack.ts';
import { createViewActions } from '../../../../src/ui/tasks/viewActions.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakeMemory } from '../support/fakeMemory.ts';
import { type Act, FakePrompts } from '../support/fakePrompts.ts';
import { change, english, message, now, task } from '../support/fixtures.ts';

/** The board of tasks on a hub that does what it is asked, and whose events come at once, or when the test says so. */
export function tasksRig(content: Board, { script = [], memory = new FakeMemory() }: { script?: Act[]; memory?: FakeMemory } = {}) {
  const store = new FakeBoardStore(content);
  const away = new Map<string, Task>();
  const onHub = new Map(content.tasks);
  /** The events that have not arrived; `undefined`: each arrives at once. */
  let onTheWay: Task[] | undefined;
  const known = (id: string): Task => {
    const found = onHub.get(id);
    if (found === undefined) throw new HubError('task_not_found', `There is no task ${id}.`);
    return found;
  };

  function put(next: Task): { task: Task } {
    onHub.set(next.id, next);
    if (onTheWay === undefined) arrive(next);
    else onTheWay.push(next);
    return { task: next };
  }

  function arrive(next: Task): void {
    const tasks = new Map(store.board.tasks);
    if (next.archivedAt === undefined) tasks.set(next.id, next);
    else {
      tasks.delete(next.id);
      away.set(next.id, next);
    }
    store.change(change({ type: 'task.updated', payload: next }, { ...store.board, tasks }));
  }

  /** The tasks whose agents were stopped, and what was said to them. */
  const stopped: [string, string][] = [];
  const api = new FakeHubApi({
    changeTaskStatus: ({ taskId, value }) => put({ ...known(taskId), status: value }),
    updateTask: ({ taskId, sortOrder, archived, assignee, meantFor, title, body }) => {
      const { archivedAt, meantFor: before, ...plain } = known(taskId);
      const owner = meantFor === undefined ? before : meantFor;
      const rest = {
        ...plain,
        ...(assignee !== undefined && { assignee }),
        ...(title !== undefined && { title }),
        ...(body !== undefined && { body }),
        ...(typeof owner === 'string' && { meantFor: owner }),
      };
      const put1 = (archived ?? archivedAt !== undefined) ? { ...rest, archivedAt: rest.updatedAt } : rest;
      return put({ ...put1, ...(sortOrder !== undefined && { sortOrder }) });
    },
    deleteTask: ({ taskId }) => {
      const tasks = new Map(store.board.tasks);
      tasks.delete(taskId);
      const { workspaceId } = known(taskId);
      onHub.delete(taskId);
      store.change(change({ type: 'task.deleted', payload: { id: taskId, workspaceId } }, { ...store.board, tasks }));
      return { task: task({ id: taskId }) };
    },
    stopTask: ({ taskId, text }) => {
      stopped.push([taskId, text ?? '']);
      return put({ ...known(taskId), stop: { state: 'asked', at: known(taskId).updatedAt, messageId: 'm' } });
    },
    listTasks: () => ({ tasks: [...away.values()] }),
    getTask: ({ taskId }) => ({ cursor: 'x.1', task: known(taskId), messages: [message()], requests: [] }),
  });
  const prompts = new FakePrompts(...script);
  /** What can be taken back, each until it is. */
  const offers: string[] = [];
  let selected: readonly unknown[] = [];
  let looks = 0;
  let shows = 0;
  const changed = (): void => void (looks += 1);
  const report = (error: unknown): never => {
    throw error;
  };
  const archive = createArchive({ board: store, api, changed, report });
  const list = createTaskList({ board: store, memory, archive, changed, l10n: english });
  const undo = createUndoStack(50);
  const changes = createTaskChanges({
    api,
    undo,
    offerUndo: (words) => {
      offers.push(words);
      return { dispose: () => void offers.splice(offers.indexOf(words), 1) };
    },
    l10n: english,
  });
  /** The tasks whose words were opened. */
  const edited: string[] = [];
  const actions = createTaskActions({
    board: store,
    api,
    prompts,
    list,
    changes,
    undo,
    edit: async ({ id }) => void edited.push(id),
    clock: createFakeClock(now),
    selected: async () => selected,
    l10n: english,
  });
  return {
    store,
    away,
    stopped,
    api,
    prompts,
    offers,
    edited,
    changes,
    memory,
    list,
    put,
    /** Holds back what the hub has to say, until it is let go. */
    holdEvents: () => void (onTheWay = []),
    letEventsGo() {
      const held = onTheWay ?? [];
      onTheWay = undefined;
      held.forEach(arrive);
    },
    actions: { ...actions, ...createViewActions({ list, prompts, show: async () => void (shows += 1), l10n: english }) },
    select: (...ids: string[]) => {
      selected = ids.map(rowOf);
    },
    looks: () => looks,
    /** How often the view was shown. */
    shows: () => shows,
    /** The ids of each group, in the order in which they stand. */
    shown: () => list.groups().map((group) => `${group.label}: ${group.tasks.map(({ id }) => id).join(' ')}`),
  };
}

/** A row as the editor hands it to a command. */
export function rowOf(id: string): object {
  return { id: `task:${id}`, row: { target: { taskId: id } } };
}
