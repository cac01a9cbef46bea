import * as z from 'zod/mini';
import { answerDraftSchema, requestSchema } from '../model.ts';
import { none, operation } from '../operation.ts';
import { inRequest, inTask } from './members.ts';
import { ruleDraft } from './ruleOperations.ts';

/** Answers to what agents need. */
export const requestOperations = {
  /** Answers a request; `rule` also makes a rule of a permission that is allowed. */
  answerRequest: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/requests/:requestId/answer',
    params: inRequest,
    query: none,
    body: z.extend(answerDraftSchema, { rule: z.optional(ruleDraft) }),
    envelope: 'answer',
    output: z.object({ request: requestSchema }),
  }),
  /**
   * Takes an answer back that no agent has been given, and the message in which it was given: the request is open again. A rule that
   * was made along with it stays.
   */
  retractAnswer: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/requests/:requestId/retract',
    params: inRequest,
    query: none,
    body: none,
    output: z.object({ request: requestSchema }),
  }),
  /** Takes a request off the board that nobody waits for any more. */
  dismissRequest: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/requests/:requestId/dismiss',
    params: inRequest,
    query: none,
    body: none,
    output: z.object({ request: requestSchema }),
  }),
  /** AgentRQ's verdict on a permission: `requestId` is the agent's own id for it, or ours. */
  decidePermission: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/tasks/:taskId/permission',
    params: inTask,
    query: none,
    body: z.object({ requestId: z.string(), behavior: z.enum(['allow', 'allow_always', 'deny']) }),
    output: z.object({ request: requestSchema }),
  }),
} as const;
