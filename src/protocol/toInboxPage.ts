import * as z from 'zod/mini';
import { cardAgentSchema, cardSchema, cardStringsSchema, choiceSchema } from './card.ts';

// What the inbox says to its page: data, never HTML, and all of its text has been made visible, so that no character in it hides. The page
// parses nothing, for the reasons of a task's panel (`toPanelPage.ts`). A card has all of its text only while it is open.

const text = z.string();
const texts = z.readonly(z.array(text));

/** A card as long as it is closed. */
const inboxItemSchema = z.strictObject({
  /** Of the request, or of the agent that waits in its own window. */
  id: text,
  who: cardAgentSchema,
  /** How long it has waited, in one word or two. */
  age: text,
  /** The task and, if there are several, the workspace. */
  where: text,
  /** One line, without Markdown. What is longer than a card may be is cut, and then there are no choices. */
  title: text,
  need: z.enum(['standsStill', 'holdsUpWork', 'canGoOn', 'none']),
  needWords: text,
  /** How far the answer has come. */
  state: text,
  verdict: z.enum(['', 'yes', 'no', 'said']),
  /** What can be chosen without opening the card, because the card shows all of it. */
  choices: z.readonly(z.array(choiceSchema)),
  /** A whole sentence that begins with the need. */
  label: text,
  /** What decides which commands the menu of the card has. */
  context: text,
  taskId: z.optional(text),
});
export type InboxItem = z.infer<typeof inboxItemSchema>;

/** What is said of the hub, or in place of cards, with the buttons that help. */
const inboxStateSchema = z.strictObject({
  text,
  buttons: z.readonly(z.array(z.enum(['connect', 'practice', 'tour', 'port', 'restart', 'log']))),
});
export type InboxState = z.infer<typeof inboxStateSchema>;

/** The words of the page itself, in the user's language. */
const inboxStringsSchema = z.extend(cardStringsSchema, {
  title: text,
  list: text,
  /** `{0}` is the number of answers that no agent has yet. */
  sent: text,
  /** How the keyboard is used. */
  keys: text,
  open: text,
  dismiss: text,
  /** `{0}` is the number of cards that have come. */
  came: text,
  connect: text,
  practice: text,
  tour: text,
  port: text,
  restart: text,
  log: text,
});
export type InboxStrings = z.infer<typeof inboxStringsSchema>;

export const toInboxPageSchema = z.discriminatedUnion('type', [
  /** The first message: what doesn't change while the page is there. */
  z.strictObject({
    type: z.literal('begin'),
    strings: inboxStringsSchema,
    language: text,
    /** The id of the only card that the page ever has, which is open all the time. */
    only: z.optional(text),
    /** A prompt stands over the upper part of the page. */
    beside: z.optional(z.boolean()),
  }),
  z.strictObject({
    type: z.literal('items'),
    /** Those that are new or different. */
    items: z.readonly(z.array(inboxItemSchema)),
    /** The ids of what is open, in the order in which the user is asked. */
    open: texts,
    /** The ids of what was answered and no agent is known to have. */
    sent: texts,
    /** That the hub can't be reached; without it, it can. */
    trouble: z.optional(inboxStateSchema),
    /** What stands in place of cards when none is open. */
    clear: inboxStateSchema,
  }),
  /** All of the card that is open. */
  z.strictObject({ type: z.literal('card'), card: cardSchema }),
  /** What became of something that the user did. */
  z.strictObject({ type: z.literal('notice'), level: z.enum(['info', 'error']), text }),
  /** The answer to this request was not sent; its buttons work again. */
  z.strictObject({ type: z.literal('unanswered'), requestId: text }),
]);
/** What the inbox says. */
export type ToInbox = z.infer<typeof toInboxPageSchema>;
