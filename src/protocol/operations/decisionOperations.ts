import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { limits } from '../limits.ts';
import { loggedDecisionSchema } from '../model.ts';
import { none, operation } from '../operation.ts';

/** The log of decisions. */
export const decisionOperations = {
  /**
   * What was asked and is no longer open, the newest first. `next` is the `before` of what comes after. A call looks at a part of the log,
   * so a page may be short, or empty, and still have a `next`.
   */
  listDecisions: operation({
    method: 'GET',
    path: '/decisions',
    params: none,
    query: z.object({
      workspaceId: z.optional(idSchema),
      /**
       * Only those in whose question, tool, input, answer, task or agent this stands, in the first 2,000 characters of each; small and
       * capital letters of ASCII are the same.
       */
      query: z.optional(z.string().check(z.maxLength(limits.name))),
      before: z.optional(idSchema),
      limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
    }),
    body: none,
    output: z.object({ decisions: z.array(loggedDecisionSchema), next: z.optional(idSchema) }),
  }),
  /** Takes over what was listed elsewhere. What is known stays as it is; no agent is given any of it. */
  importDecisions: operation({
    method: 'POST',
    path: '/decisions',
    params: none,
    query: none,
    body: z.object({ decisions: z.array(loggedDecisionSchema).check(z.maxLength(1_000)) }),
    output: z.object({ imported: z.number() }),
  }),
} as const;
