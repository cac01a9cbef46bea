import type { Board } from '../../client/board.ts';
import { commandIds } from '../ids.ts';
import { joinParts } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import type { Row } from '../tree/row.ts';
import type { TaskGrouping } from '../tree/taskRow.ts';
import { createRowMaker, rowContext } from '../tree/taskRow.ts';
import type { TaskGroup } from './arrangeTasks.ts';

/** How many rows of a group are shown at first, and how many more each time. */
export const pageSize = 200;

const collapsed: ReadonlySet<string | undefined> = new Set(['completed', 'rejected', 'cron']);

/** Makes the rows of groups; `limitOf` is the number of rows of a group. */
export function createTaskRows(
  l10n: L10n,
): (board: Board, groups: readonly TaskGroup[], group: TaskGrouping, limitOf: (groupId: string) => number) => Row[] {
  const rowOf = createRowMaker(l10n);

  function more({ id, label, tasks }: TaskGroup, limit: number): Row[] {
    const hidden = tasks.length - limit;
    if (hidden <= 0) return [];
    return [
      {
        id: `more:${id}`,
        label: l10n.t('Show {0} More', Math.min(hidden, pageSize)),
        description: l10n.t('{0} are not shown', hidden),
        icon: 'ellipsis',
        contextValue: 'more',
        accessibilityLabel: l10n.t('Show more tasks in {0}. Not shown: {1}.', label, hidden),
        click: commandIds.showMoreTasks,
        target: { group: id },
      },
    ];
  }

  return (board, groups, group, limitOf) => {
    const context = rowContext(board, group);
    return groups.map((each) => {
      const { id, label, hint, status, tasks } = each;
      return {
        id: `group:${id}`,
        label,
        description: joinParts([String(tasks.length), hint]),
        contextValue: `group:${id}`,
        accessibilityLabel: l10n.t('{0}, number of tasks: {1}.', joinParts([label, hint]), tasks.length),
        collapsed: collapsed.has(status),
        target: { group: id },
        children: [...tasks.slice(0, limitOf(id)).map((task) => rowOf(task, context)), ...more(each, limitOf(id))],
      };
    });
  };
}
