// How the person looks at the tasks. It is kept for the workspace, so what is read back may be of an older version.

import type { TaskGrouping } from '../tree/taskRow.ts';

const groupings = ['status', 'agent', 'workspace'] as const satisfies readonly TaskGrouping[];

const orders = ['queue', 'activity', 'title'] as const;
export type TaskOrder = (typeof orders)[number];

export interface TaskView {
  readonly group: TaskGrouping;
  readonly order: TaskOrder;
  /** Each of these words has to stand in the title, the agent or the workspace; empty for all tasks. */
  readonly words: string;
  readonly needsOnly: boolean;
  readonly archived: boolean;
}

export const plainTaskView: TaskView = { group: 'status', order: 'queue', words: '', needsOnly: false, archived: false };

/** What was kept, as far as it means something. */
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

/** Something else is shown than every task that is not archived. */
export function isFiltered({ words, needsOnly, archived }: TaskView): boolean {
  return words !== '' || needsOnly || archived;
}
