import * as z from 'zod/mini';

// A request as a card: what the extension makes of it for the pages. Data, never HTML; all of its text has been made visible, so that no
// character in it hides. Pages parse nothing of it (see toPanelPage.ts).

const text = z.string();
const texts = z.readonly(z.array(text));

/** A piece of what an agent wants to do: a sentence, or a text with its name and size. */
const permissionPartSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sentence'), text }),
  z.strictObject({ kind: z.literal('block'), title: text, text }),
]);
export type PermissionPart = z.infer<typeof permissionPartSchema>;

/** Who asks: the name, and what tells agents apart at a glance. */
export const cardAgentSchema = z.strictObject({
  name: text,
  mark: text,
  colour: z.enum(['blue', 'green', 'orange', 'purple', 'red', 'yellow']),
});
export type CardAgent = z.infer<typeof cardAgentSchema>;

/** What is sent, and what is shown for it. */
export const choiceSchema = z.strictObject({ value: text, label: text });

/** A line of code with its number, 0 for one without; one of `blanks` stands for a stretch of nothing, and says how long it is. */
const codeLineSchema = z.strictObject({
  number: z.number(),
  text,
  mark: z.enum(['same', 'added', 'removed']),
  blanks: z.optional(z.literal(true)),
});
export type CodeLine = z.infer<typeof codeLineSchema>;
const codeSchema = z.readonly(z.array(codeLineSchema));

/** What an agent wants to do with a tool. What a form has no room for stands in `others`, so that nothing is left out. */
const wishSchema = z.discriminatedUnion('kind', [
  /** A line of a shell. */
  z.strictObject({ kind: z.literal('command'), code: codeSchema, others: texts }),
  /** Changes of one file: one list of lines for each. */
  z.strictObject({ kind: z.literal('edit'), file: text, changes: z.readonly(z.array(codeSchema)), others: texts }),
  /** A file with all of its content, in place of what may be there. */
  z.strictObject({ kind: z.literal('newFile'), file: text, code: codeSchema, others: texts }),
  /** Anything else, as it was sent. */
  z.strictObject({ kind: z.literal('input') }),
]);
export type Wish = z.infer<typeof wishSchema>;

const dialogQuestionSchema = z.strictObject({
  header: text,
  text,
  choices: z.readonly(z.array(z.strictObject({ value: text, label: text, about: text, preview: text }))),
  multiple: z.boolean(),
});

/** What the request is about, by what the card shows of it. Markdown is somebody else's. */
const contentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('question'), markdown: text, choices: z.readonly(z.array(choiceSchema)), multiple: z.boolean() }),
  /** A dialog of the agent's own: questions that are answered at once, and say all that is asked. */
  z.strictObject({ kind: z.literal('set'), questions: z.readonly(z.array(dialogQuestionSchema)) }),
  /** `source`: exactly as the agent wrote it, to be changed. */
  z.strictObject({ kind: z.literal('plan'), markdown: text, source: text }),
  z.strictObject({ kind: z.literal('review'), markdown: text }),
  /** A task that an agent has made for the user. */
  z.strictObject({ kind: z.literal('task'), markdown: text }),
  /** The agent waits in its own window: all that is known of it, and whether that can be shown. */
  z.strictObject({ kind: z.literal('elsewhere'), text }),
  z.strictObject({
    kind: z.literal('permission'),
    /** Why, in the agent's words; empty if it says nothing. */
    subtitle: text,
    /** What the user has to know of it: that there is more, how often, for whom and where. */
    warnings: texts,
    facts: texts,
    wish: wishSchema,
    /** All of the input, as it was sent. */
    raw: z.readonly(z.array(permissionPartSchema)),
  }),
]);
export type CardContent = z.infer<typeof contentSchema>;

export const cardSchema = z.strictObject({
  requestId: text,
  content: contentSchema,
  /** It can be answered. */
  open: z.boolean(),
  /** The answer can be taken back, unless an agent has been given it meanwhile. */
  mayTakeBack: z.boolean(),
  who: cardAgentSchema,
  /** `Claude Code asks`. */
  heading: text,
  /** One line, without Markdown. */
  title: text,
  /** RFC 3339. */
  at: text,
  /** The same, as the user reads it. */
  time: text,
  /** The task and, if there are several, the workspace; empty if there is nothing to say. */
  where: text,
  /** What it does to its agent, as long as it is open. */
  need: z.enum(['standsStill', 'holdsUpWork', 'canGoOn', 'none']),
  needWords: text,
  /** How far it has come. */
  state: text,
  /** What sending the answer will do. */
  effect: text,
  /** The lines of a file that it is about. */
  about: z.optional(z.strictObject({ place: text, snippet: text })),
  /** What was decided; empty while it is open. */
  verdict: z.enum(['', 'yes', 'no', 'said']),
  /** What the user said, line by line. */
  answer: texts,
});
export type Card = z.infer<typeof cardSchema>;

/** The words that a card itself says. */
export const cardStringsSchema = z.strictObject({
  agent: text,
  ownWords: text,
  writeAnswer: text,
  yourAnswer: text,
  sendAnswer: text,
  answerAll: text,
  chooseSeveral: text,
  deny: text,
  allowOnce: text,
  alwaysAllow: text,
  approve: text,
  reject: text,
  done: text,
  sendBack: text,
  keepPlanning: text,
  acceptEdits: text,
  editPlan: text,
  editedPlan: text,
  planNote: text,
  takeBack: text,
  note: text,
  answered: text,
  showAsSent: text,
  showTerminal: text,
  openDiff: text,
  command: text,
  edit: text,
  newFile: text,
  added: text,
  removed: text,
  openLink: text,
  openPlace: text,
  image: text,
  code: text,
  copy: text,
  copied: text,
  whole: text,
});
export type CardStrings = z.infer<typeof cardStringsSchema>;
