// The view settings of the tasks, stored for the workspace. A stored value may be of an older version.

import type { TaskGrouping } from '../tree/taskRow.ts';

const groupings = ['status', 'agent', 'workspace'] as const satisfies readonly TaskGrouping[];

const orders = ['queue', 'activity', 'title'] as const;
export type TaskOrder = (typeof orders)[number];

export interface TaskView {
  readonly group: TaskGrouping;
  readonly order: TaskOrder;
  /** Words that title, agent or workspace must all contain; empty for all tasks. */
  readonly words: string;
  readonly needsOnly: boolean;
  readonly archived: boolean;
}

export const plainTaskView: TaskView = { group: 'status', order: 'queue', words: '', needsOnly: false, archived: false };

/** Parses stored view settings; invalid parts get their defaults. */
export function readTaskView(kept: unknown): TaskView {
  if (typeof kept !== 'object' || kept === null) return plainTaskView;
  const { group, order, words, needsOnly, archived } = kept as { readonly [K in keyof TaskView]?: unknown };
  return {
    group: groupings.find((known) => known === group) ?? plainTaskView.group,
    order: orders.find((known) => known === order) ?? plainTaskView.order,
    words: typeof words === 'string' ? words : '',
    needsOnly: needsOnly === true,
    archived: archived === true,
  };
}

/** Whether not exactly the unarchived tasks are shown. */
export function isFiltered({ words, needsOnly, archived }: TaskView): boolean {
  return words !== '' || needsOnly || archived;
}
