import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Task } from '../../protocol/model.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';

const pageSize = 200;

/** The archived tasks. The board does not contain them, so they are read on demand. */
export interface Archive extends Disposable {
  readonly tasks: ReadonlyMap<string, Task>;
  /** Reads them, and keeps them up to date by events. */
  open(): Promise<void>;
  close(): void;
}

/** `changed` is called when they have changed, `report` when they can't be read after a reconnect. */
export function createArchive(deps: { board: BoardStore; api: HubApi; changed(): void; report(error: unknown): void }): Archive {
  const { board, api, changed, report } = deps;
  let tasks: ReadonlyMap<string, Task> = new Map();
  let wanted = false;

  async function read(): Promise<void> {
    const known = new Map<string, Task>();
    for (const workspaceId of board.board.workspaces.keys()) {
      for (let offset = 0; ; offset += pageSize) {
        const page = await api.call('listTasks', { workspaceId, archived: 'only', limit: pageSize, offset });
        for (const task of page.tasks) known.set(task.id, task);
        if (page.tasks.length < pageSize) break;
      }
    }
    if (!wanted) return;
    tasks = known;
    changed();
  }

  const store = new DisposableStore();
  store.add(
    board.onDidReplace(() => {
      if (wanted) read().catch(report);
    }),
  );
  store.add(
    board.onDidChange(({ event }) => {
      if (!wanted || (event.type !== 'task.updated' && event.type !== 'task.deleted')) return;
      const { id } = event.payload;
      const archived = event.type === 'task.updated' && event.payload.archivedAt !== undefined ? event.payload : undefined;
      if (archived === undefined && !tasks.has(id)) return;
      const next = new Map(tasks);
      if (archived === undefined) next.delete(id);
      else next.set(id, archived);
      tasks = next;
      changed();
    }),
  );

  return {
    get tasks() {
      return tasks;
    },
    async open() {
      wanted = true;
      await read();
    },
    close() {
      wanted = false;
      tasks = new Map();
    },
    dispose: () => store.dispose(),
  };
}
