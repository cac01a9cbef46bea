import * as z from 'zod/mini';
import { fromCardSchemas } from './fromCard.ts';
import { idSchema } from './ids.ts';
import { limits } from './limits.ts';
import { attachmentIds, replyAnswer, writtenText } from './operations/members.ts';

// What the page of a task's panel says. It shows text of agents, so the panel believes it nothing: what comes from there is parsed with
// the schema, and names no command.

/** What the page calls a file, until the hub gives it an id. */
const fileKey = z.string().check(z.regex(/^[\w-]{8,64}$/));
const partSchema = z
  .instanceof(ArrayBuffer)
  .check(z.refine(({ byteLength }) => byteLength > 0 && byteLength <= limits.partBytes, 'must be of some bytes, and not too many'));

const fromPageSchema = z.discriminatedUnion('type', [
  /** The page listens: send everything. */
  z.object({ type: z.literal('ready') }),
  /** `answers`: the question that the user has seen this to be the answer to; `null`: it is none. */
  z
    .object({
      type: z.literal('reply'),
      text: writtenText,
      attachmentIds,
      key: z.string().check(z.minLength(8), z.maxLength(64)),
      answers: z.nullable(replyAnswer),
    })
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
  ...fromCardSchemas,
  /** The agent is to be stopped; the editor asks for words. */
  z.object({ type: z.literal('stop') }),
]);
/** What the page says. */
export type FromPage = z.infer<typeof fromPageSchema>;

/** Reads a message of the page; `undefined` if it isn't one. */
export function parseFromPage(data: unknown): FromPage | undefined {
  const parsed = fromPageSchema.safeParse(data);
  return parsed.success ? parsed.data : undefined;
}
