import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { limits } from '../limits.ts';

// Members that several of the nouns have.

/** RFC 3339, UTC. */
export const isoTime = z.iso.datetime({ offset: true });

/** Who did it. AgentRQ's words, so that its scripts read our tasks. */
export const actorSchema = z.enum(['human', 'agent']);
export type Actor = z.infer<typeof actorSchema>;

/** A file that goes with a message or a task. Its bytes are read by its id. */
export const attachmentSchema = z.object({
  id: idSchema,
  /** Shown, and nothing else: no path. */
  name: z.string(),
  /** What its sender says that it is. */
  mimeType: z.string(),
  /** Bytes. */
  size: z.number(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** What the hub answers to an upload. */
export const uploadedSchema = z.object({ attachment: attachmentSchema });

const lineSchema = z.number().check(z.int(), z.minimum(1));

/** Lines of a file that something is about. */
export const placeSchema = z
  .object({
    /** Absolute, or seen from the agent's folder; as it was given, so it may be anything: nothing is read because of it. */
    file: z.string().check(z.minLength(1), z.maxLength(limits.path), z.regex(/^\P{Cc}*$/u, 'must be one line')),
    /** 1 is the first. */
    line: lineSchema,
    /** The last one, if there are more. */
    endLine: z.optional(lineSchema),
    /** What stood there. */
    snippet: z.optional(z.string().check(z.maxLength(limits.snippet))),
  })
  .check(z.refine(({ line, endLine = line }) => endLine >= line, 'endLine comes before line'));
export type Place = z.infer<typeof placeSchema>;
