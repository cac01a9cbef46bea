import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { limits } from './limits.ts';
import { answerDraftSchema } from './model.ts';

// What the page of a task's panel says. It shows text of agents, so the panel believes it nothing: what comes from there is parsed with
// the schema, and names no command.

const note = z.optional(z.string().check(z.maxLength(limits.note)));
const text = z.string().check(z.maxLength(limits.text));

/** What the page calls a file, until the hub gives it an id. */
const fileKey = z.string().check(z.regex(/^[\w-]{8,64}$/));
const attachmentIds = z.optional(z.array(idSchema).check(z.maxLength(limits.attachments)));
const partSchema = z
  .instanceof(ArrayBuffer)
  .check(z.refine(({ byteLength }) => byteLength > 0 && byteLength <= limits.partBytes, 'must be of some bytes, and not too many'));

const fromPageSchema = z.discriminatedUnion('type', [
  /** The page listens: send everything. */
  z.object({ type: z.literal('ready') }),
  z
    .object({ type: z.literal('reply'), text, attachmentIds, key: z.string().check(z.minLength(8), z.maxLength(64)) })
    .check(z.refine((reply) => reply.text !== '' || (reply.attachmentIds ?? []).length > 0, 'needs a text or a file')),
  /** A file was dropped or pasted. Its bytes come in parts, one after the other, each once the panel has said how far it is. */
  z.object({
    type: z.literal('attach'),
    file: fileKey,
    name: z.string().check(z.maxLength(1_024)),
    mimeType: z.string().check(z.maxLength(255)),
    size: z.number().check(z.int(), z.minimum(0)),
  }),
  z.object({ type: z.literal('attachPart'), file: fileKey, bytes: partSchema }),
  /** It is not to be sent after all. */
  z.object({ type: z.literal('detach'), file: fileKey }),
  /** The user wants to choose files, or what is selected in the editor. */
  z.object({ type: z.literal('chooseFiles') }),
  /** A picture of the thread has come near the screen. */
  z.object({ type: z.literal('showPicture'), attachmentId: idSchema }),
  z.object({ type: z.literal('openFile'), attachmentId: idSchema }),
  z.object({ type: z.literal('saveFile'), attachmentId: idSchema }),
  z.object({
    type: z.literal('answer'),
    requestId: idSchema,
    choices: z.optional(z.array(z.string().check(z.maxLength(limits.choice))).check(z.maxLength(limits.choices))),
    text: z.optional(text),
    answers: answerDraftSchema.shape.answers,
  }),
  z.object({
    type: z.literal('decide'),
    requestId: idSchema,
    decision: z.enum(['allow', 'deny', 'approve', 'sendBack', 'done', 'reject']),
    note,
    mode: answerDraftSchema.shape.mode,
    plan: answerDraftSchema.shape.plan,
  }),
  /** The user wants a rule for what this request asks for; the editor asks them which. */
  z.object({ type: z.literal('always'), requestId: idSchema }),
  /** The answer is to be taken back, as long as no agent has been given it. */
  z.object({ type: z.literal('takeBack'), requestId: idSchema }),
  /** The agent is to be stopped; the editor asks for words. */
  z.object({ type: z.literal('stop') }),
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
