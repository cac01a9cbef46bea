/** The columns of the Kanban board, left to right. */
export const columnStatuses = ['notstarted', 'ongoing', 'blocked', 'completed', 'rejected'] as const;
export type ColumnStatus = (typeof columnStatuses)[number];
