import * as z from 'zod/mini';
import { columnStatuses } from './columns.ts';
import { idSchema } from './ids.ts';

// What the page of the Kanban board says. It shows text of agents, so the board believes it nothing: what comes from there is parsed with
// the schema, and names no command.

const fromPageSchema = z.discriminatedUnion('type', [
  /** The page listens: send everything. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('open'), taskId: idSchema }),
  /** The user is to be asked what the task needs from them. */
  z.object({ type: z.literal('answer'), taskId: idSchema }),
  /** The task is to stand in this column, before another one or at its end. */
  z.object({ type: z.literal('move'), taskId: idSchema, status: z.enum(columnStatuses), before: z.optional(idSchema) }),
  /** The user is to be asked where it goes. */
  z.object({ type: z.literal('moveTo'), taskId: idSchema }),
  z.object({ type: z.literal('archive'), taskId: idSchema }),
  z.object({ type: z.literal('delete'), taskId: idSchema }),
  z.object({ type: z.literal('undo') }),
]);
/** What the page says. */
export type FromKanban = z.infer<typeof fromPageSchema>;

/** Reads a message of the page; `undefined` if it isn't one. */
export function parseFromKanban(data: unknown): FromKanban | undefined {
  const parsed = fromPageSchema.safeParse(data);
  return parsed.success ? parsed.data : undefined;
}
