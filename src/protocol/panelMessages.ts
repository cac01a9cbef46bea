import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { limits } from './limits.ts';

// What a task's panel and its page say to each other. The page shows text of agents, so the panel believes it nothing: what comes from
// there is parsed with the schema, and names no command. What goes there is data, never HTML.

const note = z.optional(z.string().check(z.maxLength(limits.note)));
const text = z.string().check(z.maxLength(limits.text));

const fromPageSchema = z.discriminatedUnion('type', [
  /** The page listens: send everything. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('reply'), text: text.check(z.minLength(1)), key: z.string().check(z.minLength(8), z.maxLength(64)) }),
  z.object({
    type: z.literal('answer'),
    requestId: idSchema,
    choices: z.optional(z.array(z.string().check(z.maxLength(limits.choice))).check(z.maxLength(limits.choices))),
    text: z.optional(text),
  }),
  z.object({ type: z.literal('decide'), requestId: idSchema, decision: z.enum(['allow', 'deny', 'approve', 'sendBack']), note }),
  /** The person wants a rule for what this request asks for; the editor asks them which. */
  z.object({ type: z.literal('always'), requestId: idSchema }),
  /** The answer is to be taken back, as long as no agent has been given it. */
  z.object({ type: z.literal('takeBack'), requestId: idSchema }),
  /** A link in a message was pressed. */
  z.object({ type: z.literal('openLink'), address: z.string().check(z.maxLength(8_192)) }),
  /** A place in the code was pressed, as it stands in the text: `src/a.ts:12`. */
  z.object({ type: z.literal('openPlace'), place: z.string().check(z.maxLength(4_096)) }),
  /** The lines that a request is about. */
  z.object({ type: z.literal('openAbout'), requestId: idSchema }),
  /** A unified diff is to be shown against the files that are there. */
  z.object({ type: z.literal('openPatch'), patch: text }),
]);
/** What the page says. */
export type FromPage = z.infer<typeof fromPageSchema>;

/** Reads a message of the page; `undefined` if it isn't one. */
export function parseFromPage(data: unknown): FromPage | undefined {
  const parsed = fromPageSchema.safeParse(data);
  return parsed.success ? parsed.data : undefined;
}

/** What the panel says. All of its text has been made visible: no character in it hides. */
export type ToPage =
  /** The first message: what doesn't change while the page is there. */
  | { type: 'begin'; saved: SavedPanel; strings: PanelStrings; language: string; textLimit: number }
  /** The whole thread, in the order of time. */
  | { type: 'thread'; header: PanelHeader; rows: readonly Row[] }
  /** Rows that are new or different, and the ids of those that are gone. `news` are those to be announced. */
  | { type: 'change'; header: PanelHeader; rows: readonly Row[]; removed: readonly string[]; news: readonly string[] }
  /** There is no thread to show, and why. */
  | { type: 'failed'; text: string }
  /** What became of something that the person did. */
  | { type: 'notice'; level: 'info' | 'error'; text: string }
  /** The reply with this key is in the thread: its text may go. */
  | { type: 'sent'; key: string }
  /** The answer to this request was not sent; its buttons work again. */
  | { type: 'unanswered'; requestId: string }
  /** Show this row. */
  | { type: 'reveal'; rowId: string };

/** By what a panel is found again after a reload. */
export interface SavedPanel {
  workspaceId: string;
  taskId: string;
  title: string;
}

/** What stands above the thread. */
export interface PanelHeader {
  title: string;
  status: string;
  /** Workspace, agent and such, joined. */
  facts: string;
  /** What the agent waits for, if it does. */
  waits?: string;
  /** The rows of the open requests, oldest first. */
  open: readonly string[];
}

/** One entry of the thread. */
export interface Row {
  id: string;
  /** RFC 3339; rows stand in its order, and by id where it is the same. */
  at: string;
  /** `body`: the task's own text. */
  kind: 'body' | 'message' | 'status' | 'request';
  /** Written by the person. */
  own: boolean;
  who: string;
  /** When, as the person reads it. */
  time: string;
  /** How far it has come; empty if there is nothing to say about it. */
  state: string;
  /** A message, a question: Markdown of somebody else. Of a permission, what it is about on one line. */
  text: string;
  card?: Card;
}

/** What an agent needs from the person. */
export interface Card {
  requestId: string;
  kind: 'question' | 'permission' | 'review';
  /** It can be answered. */
  open: boolean;
  /** The answer can be taken back, unless an agent has been given it meanwhile. */
  mayTakeBack: boolean;
  /** What is sent, and what is shown for it. */
  choices: readonly { value: string; label: string }[];
  multiple: boolean;
  /** Of a permission: all of what the agent wants to do. */
  parts: readonly PermissionPart[];
  /** The agent showed only a preview of it. */
  partial: boolean;
  /** The lines of a file that it is about. */
  about?: { place: string; snippet: string };
  /** What the person said, line by line. */
  answer: readonly string[];
}

/** A piece of what an agent wants to do: a sentence, or a text with its name and size. */
export type PermissionPart = { kind: 'sentence'; text: string } | { kind: 'block'; title: string; text: string };

/** Every word that the page itself says. */
export interface PanelStrings {
  thread: string;
  timeline: string;
  showTimeline: string;
  showThread: string;
  search: string;
  nothingFound: string;
  empty: string;
  loading: string;
  details: string;
  jumpToOpen: string;
  jumpToEnd: string;
  reply: string;
  replyPlaceholder: string;
  send: string;
  sendHint: string;
  you: string;
  ownWords: string;
  sendAnswer: string;
  chooseSeveral: string;
  deny: string;
  allowOnce: string;
  approve: string;
  sendBack: string;
  alwaysAllow: string;
  takeBack: string;
  note: string;
  answered: string;
  tooLate: string;
  tooLong: string;
  whole: string;
  openDiff: string;
  openLink: string;
  openPlace: string;
  image: string;
  code: string;
}
