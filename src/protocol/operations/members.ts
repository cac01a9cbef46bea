import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { limits } from '../limits.ts';
import { answerDraftSchema } from '../model.ts';

// What operations of several features have in common.

/** A text that somebody has written. */
export const writtenText = z.string().check(z.maxLength(limits.text));

/** Made once for each thing that the user does, so that a repeated call does it once. */
export const onceKey = z.optional(z.string().check(z.minLength(8), z.maxLength(64)));

/** Files that were uploaded to this workspace before, each for one message or task. */
export const attachmentIds = z.optional(z.array(idSchema).check(z.maxLength(limits.attachments)));

/** The question that a reply answers, with those of its choices that go along. */
export const replyAnswer = z.object({ requestId: idSchema, choices: answerDraftSchema.shape.choices });

/** The path of a workspace, of a task in it, and of a request in it. */
export const inWorkspace = z.object({ workspaceId: idSchema });
export const inTask = z.extend(inWorkspace, { taskId: idSchema });
export const inRequest = z.extend(inWorkspace, { requestId: idSchema });
