import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { answerDraftSchema } from './model.ts';
import { writtenText } from './operations/members.ts';

// What a card says, on whichever page it stands. It shows text of agents, so it is believed nothing: what comes from there is parsed.

const { choices, text, note, answers, mode, plan } = answerDraftSchema.shape;

export const fromCardSchemas = [
  z.object({ type: z.literal('answer'), requestId: idSchema, choices, text, answers }),
  z.object({
    type: z.literal('decide'),
    requestId: idSchema,
    decision: z.enum(['allow', 'deny', 'approve', 'sendBack', 'done', 'reject']),
    note,
    mode,
    plan,
  }),
  /** The user wants a rule for what this request asks for; the editor asks them which. */
  z.object({ type: z.literal('always'), requestId: idSchema }),
  /** The answer is to be taken back, as long as no agent has been given it. */
  z.object({ type: z.literal('takeBack'), requestId: idSchema }),
  /** The lines that a request is about. */
  z.object({ type: z.literal('openAbout'), requestId: idSchema }),
  /** What an agent wants to change in a file, or the file that it wants to write, is to be compared with what is there. */
  z.object({ type: z.literal('openEdit'), requestId: idSchema }),
  /** The agent waits in its own window, which is to be shown. */
  z.object({ type: z.literal('showAgent'), agentId: idSchema }),
  /** A link in a text was pressed. */
  z.object({ type: z.literal('openLink'), address: z.string().check(z.maxLength(8_192)) }),
  /** A place in the code was pressed, as it stands in the text: `src/a.ts:12`. */
  z.object({ type: z.literal('openPlace'), place: z.string().check(z.maxLength(4_096)) }),
  /** A unified diff is to be shown against the files that are there. */
  z.object({ type: z.literal('openPatch'), patch: writtenText }),
] as const;

/** What a card says. */
export type FromCard = z.infer<(typeof fromCardSchemas)[number]>;
/** What answers the request. */
export type CardAnswer = Extract<FromCard, { type: 'answer' | 'decide' | 'always' }>;
