import type { Board } from '../../client/board.ts';
import type { BoardStore } from '../../client/boardStore.ts';
import type { Memory } from '../shell/memory.ts';
import type { L10n } from '../text/l10n.ts';
import type { Row } from '../tree/row.ts';
import type { Archive } from './archive.ts';
import type { TaskGroup } from './arrangeTasks.ts';
import { arrangeTasks } from './arrangeTasks.ts';
import { createTaskRows, pageSize } from './taskRows.ts';
import type { TaskView } from './taskView.ts';
import { isFiltered, readTaskView } from './taskView.ts';

/** The tasks as the view shows them. */
export interface TaskList {
  readonly view: TaskView;
  /** Changes the view settings. */
  setView(change: Partial<TaskView>): Promise<void>;
  /** Restores the view settings after a reload. */
  open(): Promise<void>;
  /** The present board, with the archived tasks if they are shown. */
  board(): Board;
  /** The groups of the view. */
  groups(): readonly TaskGroup[];
  rows(): readonly Row[];
  /** The message about the active filter; empty if all tasks are shown. */
  message(): string;
  showMore(groupId: string): void;
}

const viewKey = 'agentrq.taskView';

/** `changed` is called when the view settings have changed. */
export function createTaskList(deps: { board: BoardStore; memory: Memory; archive: Archive; changed(): void; l10n: L10n }): TaskList {
  const { memory, archive, l10n } = deps;
  let view = readTaskView(memory.get(viewKey));
  const rowsOf = createTaskRows(l10n);
  const limits = new Map<string, number>();
  const limitOf = (groupId: string): number => limits.get(groupId) ?? pageSize;
  let arranged: { of: Board; view: TaskView; groups: readonly TaskGroup[] } | undefined;

  let joined: { of: Board; archived: Archive['tasks']; board: Board } | undefined;

  function board(): Board {
    const of = deps.board.board;
    const archived = archive.tasks;
    if (archived.size === 0) return of;
    // The joined map is reused, so that groups need not be arranged again.
    if (joined?.of.tasks === of.tasks && joined.archived === archived) return { ...of, tasks: joined.board.tasks };
    joined = { of, archived, board: { ...of, tasks: new Map([...of.tasks, ...archived]) } };
    return joined.board;
  }

  /** Arranged again only if something relevant for order or filter has changed. */
  function groups(): readonly TaskGroup[] {
    const now = board();
    if (arranged === undefined || arranged.view !== view || !isSame(arranged.of, now, view)) {
      arranged = { of: now, view, groups: arrangeTasks(now, view, l10n, view.order === 'activity' ? arranged?.groups : undefined) };
    }
    return arranged.groups;
  }

  function filterWords(): string {
    const parts = [
      view.words === '' ? '' : l10n.t('with “{0}”', view.words),
      view.needsOnly ? l10n.t('only what needs you') : '',
      view.archived ? l10n.t('with archived') : '',
    ];
    return parts.filter((part) => part !== '').join(', ');
  }

  return {
    get view() {
      return view;
    },
    async setView(change) {
      const before = view;
      view = { ...view, ...change };
      if (view.archived && !before.archived) await archive.open();
      if (!view.archived) archive.close();
      limits.clear();
      await memory.update(viewKey, view);
      deps.changed();
    },
    open: async () => (view.archived ? archive.open() : undefined),
    board,
    groups,
    rows: () => rowsOf(board(), groups(), view.group, limitOf),
    message() {
      if (!isFiltered(view)) return '';
      const shown = groups().reduce((sum, { tasks }) => sum + tasks.length, 0);
      return l10n.t('{0} of {1} tasks: {2}. “Clear Task Filter” above shows all.', shown, board().tasks.size, filterWords());
    },
    showMore(groupId) {
      limits.set(groupId, limitOf(groupId) + pageSize);
      deps.changed();
    },
  };
}

function isSame(left: Board, right: Board, { words, group }: TaskView): boolean {
  if (left.tasks !== right.tasks || left.requests !== right.requests) return false;
  const named = words !== '' || group !== 'status';
  return !named || (left.agents === right.agents && left.workspaces === right.workspaces);
}
