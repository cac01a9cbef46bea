/** The rows that every agent plays, or says why not. */
export const rowIds = [
  'tasks',
  'question',
  'later answer',
  'permission',
  'unread message',
  'stop hook',
  'pre-approval',
  'still asks',
  'restarted hub',
  'stopped',
  'own question',
  'plan',
  'settled there',
  'question there',
  'woken',
] as const;
export type RowId = (typeof rowIds)[number];
