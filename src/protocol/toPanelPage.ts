import * as z from 'zod/mini';
import { cardSchema, cardStringsSchema } from './card.ts';

// What a task's panel says to its page: data, never HTML, and all of its text has been made visible, so that no character in it hides.
// The types of both ends follow from this schema. The page itself parses nothing: only the editor's frame can reach it, so what comes is
// what the panel made, and the schemas would add 22 kB to it. Tests hold what the panel makes against it.

const text = z.string();
const texts = z.readonly(z.array(text));

/** By what a panel is found again after a reload. */
const savedPanelSchema = z.strictObject({ workspaceId: text, taskId: text, title: text });
export type SavedPanel = z.infer<typeof savedPanelSchema>;

/** What stands above the thread. */
const panelHeaderSchema = z.strictObject({
  title: text,
  status: text,
  /** What the editor has to know of the task to open its menu. */
  context: text,
  /** Its agent can be stopped. */
  stoppable: z.optional(z.boolean()),
  /** Workspace, agent and such, joined. */
  facts: text,
  /** What the agent waits for, if it does. */
  waits: z.optional(text),
  /** The rows of the open requests, in the order in which the user is asked. */
  open: texts,
  /** RFC 3339; what others wrote after this is new to the user. */
  newSince: z.optional(text),
});
export type PanelHeader = z.infer<typeof panelHeaderSchema>;

/** A file that goes with an entry of the thread. */
const fileRowSchema = z.strictObject({
  attachmentId: text,
  name: text,
  /** Bytes. */
  size: z.number(),
  /** `picture`: it says that it is one. `text`: it can be read in the editor. */
  kind: z.enum(['picture', 'text', 'other']),
});
export type FileRow = z.infer<typeof fileRowSchema>;

/** A file that is to go with the user's next message. */
const chipSchema = z.discriminatedUnion('state', [
  /** `sent` bytes of it have come to the editor. */
  z.strictObject({ state: z.literal('sending'), file: text, name: text, size: z.number(), sent: z.number() }),
  z.strictObject({ state: z.literal('ready'), file: text, name: text, size: z.number(), attachmentId: text }),
  z.strictObject({ state: z.literal('refused'), file: text, name: text, size: z.number(), problem: text }),
]);
export type Chip = z.infer<typeof chipSchema>;

/** A picture that is safe to show: its kind is what its bytes say, and it is not too large to be drawn. */
const pictureSchema = z.strictObject({
  mimeType: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']),
  width: z.number(),
  height: z.number(),
  bytes: z.instanceof(ArrayBuffer),
});

/** One entry of the thread. */
const rowSchema = z.strictObject({
  id: text,
  /** RFC 3339; rows stand in its order, and by id where it is the same. */
  at: text,
  /** `body`: the task's own text. */
  kind: z.enum(['body', 'message', 'status', 'request']),
  /** Written by the user. */
  own: z.boolean(),
  who: text,
  /** When, as the user reads it. */
  time: text,
  /** How far it has come; empty if there is nothing to say about it. */
  state: text,
  /** A message, a question: Markdown of somebody else. Of a permission, what it is about on one line. */
  text,
  files: z.readonly(z.array(fileRowSchema)),
  card: z.optional(cardSchema),
});
export type Row = z.infer<typeof rowSchema>;
const rowsSchema = z.readonly(z.array(rowSchema));

/** Every word that the page itself says. */
const panelStringsSchema = z.extend(cardStringsSchema, {
  thread: text,
  timeline: text,
  search: text,
  nothingFound: text,
  empty: text,
  loading: text,
  jumpToOpen: text,
  jumpToEnd: text,
  reply: text,
  answerTo: text,
  goesTo: text,
  questionGone: text,
  send: text,
  sendHint: text,
  changeStatus: text,
  newHere: text,
  stop: text,
  tooLong: text,
  attach: text,
  filesToSend: text,
  filesOf: text,
  removeFile: text,
  openFile: text,
  saveFile: text,
  picture: text,
  pictureWaits: text,
  dropHere: text,
  attached: text,
  tooManyFiles: text,
  noFolder: text,
  notFiles: text,
  notRead: text,
  interrupted: text,
  filesOnTheirWay: text,
  filesRefused: text,
  fileGone: text,
});
export type PanelStrings = z.infer<typeof panelStringsSchema>;

export const toPanelPageSchema = z.discriminatedUnion('type', [
  /** The first message: what doesn't change while the page is there. */
  z.strictObject({
    type: z.literal('begin'),
    saved: savedPanelSchema,
    strings: panelStringsSchema,
    language: text,
  }),
  /** The whole thread, in the order of time. */
  z.strictObject({ type: z.literal('thread'), header: panelHeaderSchema, rows: rowsSchema }),
  /** Rows that are new or different, and the ids of those that are gone. `news` are those to be announced. */
  z.strictObject({ type: z.literal('change'), header: panelHeaderSchema, rows: rowsSchema, removed: texts, news: texts }),
  /** There is no thread to show, and why. */
  z.strictObject({ type: z.literal('failed'), text }),
  /** What became of something that the user did. */
  z.strictObject({ type: z.literal('notice'), level: z.enum(['info', 'error']), text }),
  /** The reply with this key is in the thread: its text may go. */
  z.strictObject({ type: z.literal('sent'), key: text }),
  /** What became of a file that is to be sent, or how far it is. One that the page doesn't know was chosen in the editor. */
  z.strictObject({ type: z.literal('file'), chip: chipSchema }),
  /** The hub doesn't have these files any more, so they can't be sent. */
  z.strictObject({ type: z.literal('gone'), attachmentIds: texts }),
  /** A picture that the page has asked for, or why there is none. */
  z.strictObject({ type: z.literal('picture'), attachmentId: text, picture: z.union([pictureSchema, z.strictObject({ problem: text })]) }),
  /** The answer to this request was not sent; its buttons work again. */
  z.strictObject({ type: z.literal('unanswered'), requestId: text }),
  /** Show this row. */
  z.strictObject({ type: z.literal('reveal'), rowId: text }),
]);
/** What the panel says. */
export type ToPage = z.infer<typeof toPanelPageSchema>;
