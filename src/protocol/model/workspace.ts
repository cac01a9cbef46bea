import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { isoTime } from './members.ts';

/** A folder open in an editor, or a place with a name. Agents' addresses name it. */
export const workspaceSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  /** The folder's URI, when the workspace stands for one. */
  folder: z.optional(z.string()),
  createdAt: isoTime,
  updatedAt: isoTime,
});
export type Workspace = z.infer<typeof workspaceSchema>;

/**
 * What the user allows once and for all in one workspace: files (`Edit:src/**`), a line of a shell tool (`Bash:npm test`), commands
 * that keep reading (`Bash:git log *`). The grammar began as AgentRQ's.
 */
export const ruleSchema = z.object({
  id: idSchema,
  workspaceId: idSchema,
  text: z.string(),
  createdAt: isoTime,
  /** From then on it allows nothing. */
  expiresAt: z.optional(isoTime),
  /** It may allow what isn't known to keep reading in the workspace. */
  unchecked: z.optional(z.boolean()),
});
export type Rule = z.infer<typeof ruleSchema>;
