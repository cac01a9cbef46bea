import * as z from 'zod/mini';
import { type ColumnStatus, columnStatuses } from './columns.ts';
import { idSchema } from './ids.ts';

// What the Kanban board and its page say to each other. The page shows text of agents, so the board believes it nothing: what comes from
// there is parsed with the schema, and names no command. What goes there is data, never HTML.

const fromPageSchema = z.discriminatedUnion('type', [
  /** The page listens: send everything. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('open'), taskId: idSchema }),
  /** The task is to stand in this column, before another one or at its end. */
  z.object({ type: z.literal('move'), taskId: idSchema, status: z.enum(columnStatuses), before: z.optional(idSchema) }),
  z.object({ type: z.literal('archive'), taskId: idSchema }),
  z.object({ type: z.literal('undo') }),
]);
/** What the page says. */
export type FromKanban = z.infer<typeof fromPageSchema>;

/** Reads a message of the page; `undefined` if it isn't one. */
export function parseFromKanban(data: unknown): FromKanban | undefined {
  const parsed = fromPageSchema.safeParse(data);
  return parsed.success ? parsed.data : undefined;
}

/** What the board says. All of its text has been made visible: no character in it hides. */
export type ToKanban =
  /** The first message, with all cards. */
  | { type: 'begin'; strings: KanbanStrings; language: string; cards: readonly KanbanCard[] }
  /** Cards that are new or different, and the ids of those that are gone. */
  | { type: 'change'; cards: readonly KanbanCard[]; removed: readonly string[] };

export interface KanbanCard {
  id: string;
  status: ColumnStatus;
  title: string;
  /** Who works on it, and where. */
  who: string;
  /** What it needs from the person, or how far an answer is. */
  needs?: { kind: 'question' | 'permission' | 'answer'; words: string };
  /** A whole sentence that begins with the need. */
  label: string;
  /** The last thing that happened, RFC 3339. */
  at: string;
  /** By what cards of a column are sorted, and then by the id. */
  place: number;
}

/** The words of the page itself, in the person's language. */
export interface KanbanStrings {
  title: string;
  columns: Readonly<Record<ColumnStatus, string>>;
  filter: string;
  filterHint: string;
  /** `{0}` of `{1}` cards are shown. */
  shown: string;
  empty: string;
  /** `{0}` is the title, `{1}` the column. */
  moved: string;
  /** How the keyboard is used. */
  keys: string;
  question: string;
  permission: string;
}
