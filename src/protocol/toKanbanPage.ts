import * as z from 'zod/mini';
import { columnStatuses } from './columns.ts';

// What the Kanban board says to its page: data, never HTML, and all of its text has been made visible, so that no character in it hides.
// The types of both ends follow from this schema. The page parses nothing, for the reasons of a task's panel (`toPanelPage.ts`).

const text = z.string();

const kanbanCardSchema = z.strictObject({
  id: text,
  status: z.enum(columnStatuses),
  title: text,
  /** Who works on it, and where. */
  who: text,
  /** The name of the agent that has it; of none if the user has it, or nobody. */
  agent: z.optional(text),
  workspace: text,
  /** What the row of the task in the Tasks view has as its context value: it decides which commands the menu of the card has. */
  context: text,
  /** What it needs from the user, or how far an answer is. */
  needs: z.optional(z.strictObject({ kind: z.enum(['question', 'permission', 'review', 'task', 'answer']), words: text })),
  /** A whole sentence that begins with the need. */
  label: text,
  /** The last thing that happened, RFC 3339. */
  at: text,
  /** By what cards of a column are sorted, and then by the id. */
  place: z.number(),
});
export type KanbanCard = z.infer<typeof kanbanCardSchema>;
const cardsSchema = z.readonly(z.array(kanbanCardSchema));

/** The words of the page itself, in the user's language. */
const kanbanStringsSchema = z.strictObject({
  title: text,
  columns: z.readonly(z.record(z.enum(columnStatuses), text)),
  filter: text,
  filterHint: text,
  /** The chips that leave only the cards that need the user, those of an agent, or those of a workspace. */
  chips: text,
  needsMe: text,
  /** `{0}` of `{1}` cards are shown. */
  shown: text,
  empty: text,
  /** `{0}` is the title, `{1}` the column. */
  moved: text,
  /** The button that shows `keys`. */
  keysTitle: text,
  /** How the keyboard is used. */
  keys: text,
  /** `{0}` is the column. */
  fold: text,
  unfold: text,
  answer: text,
  question: text,
  permission: text,
  review: text,
  task: text,
});
export type KanbanStrings = z.infer<typeof kanbanStringsSchema>;

export const toKanbanPageSchema = z.discriminatedUnion('type', [
  /** The first message, with all cards. */
  z.strictObject({ type: z.literal('begin'), strings: kanbanStringsSchema, language: text, cards: cardsSchema }),
  /** Cards that are new or different, and the ids of those that are gone. */
  z.strictObject({ type: z.literal('change'), cards: cardsSchema, removed: z.readonly(z.array(text)) }),
]);
/** What the board says. */
export type ToKanban = z.infer<typeof toKanbanPageSchema>;
