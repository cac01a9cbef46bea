import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { limits } from '../limits.ts';
import { isoTime, ruleSchema } from '../model.ts';
import { none, operation } from '../operation.ts';
import { inRequest, inWorkspace } from './members.ts';

const ruleText = z.string().check(z.maxLength(limits.rule));
export const ruleDraft = z.object({
  text: ruleText,
  /** Further rules that come with it: a line of several commands needs one for each. */
  and: z.optional(z.array(ruleText).check(z.maxLength(20))),
  /** It may allow what isn't known to keep reading in the workspace. Without this, its stars don't. */
  unchecked: z.optional(z.boolean()),
  expiresAt: z.optional(isoTime),
});

/**
 * What a rule lets through: one line or input, commands that keep reading in the workspace, files of the workspace, a whole tool, or
 * `unchecked`: commands that may do anything, so none unless the user says so.
 */
const ruleReachSchema = z.enum(['exact', 'reading', 'files', 'tool', 'unchecked']);
export type RuleReach = z.infer<typeof ruleReachSchema>;

/** A rule before it is saved, and what it would have allowed of the past. */
const rulePreviewSchema = z.object({
  text: z.string(),
  /** Absent: a hub that doesn't say it. */
  reach: z.optional(ruleReachSchema),
  /** What comes with it. */
  and: z.optional(z.array(z.object({ text: z.string(), reach: ruleReachSchema }))),
  /** How many of the permissions that were asked for in this workspace. */
  matched: z.number(),
  /** The newest of them, each on one line. */
  examples: z.array(z.string()),
});
export type RulePreview = z.infer<typeof rulePreviewSchema>;

/** Permission rules. */
export const ruleOperations = {
  /** The rules that would have allowed what a request asks for, the narrowest first. */
  proposeRules: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId/requests/:requestId/rules',
    params: inRequest,
    query: none,
    body: none,
    output: z.object({ proposals: z.array(rulePreviewSchema) }),
  }),
  /** The rules of a workspace. */
  listRules: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId/rules',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({ rules: z.array(ruleSchema) }),
  }),
  /**
   * What each rule lets through; whether it allows less than its words say or than it did, as it was made under another law or isn't
   * marked as unchecked; and exact rules for what it did allow.
   */
  reviewRules: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId/rules/review',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({
      rules: z.array(z.object({ ruleId: idSchema, reach: ruleReachSchema, narrowed: z.boolean(), exact: z.array(z.string()) })),
    }),
  }),
  /** Reads a rule without saving it. */
  previewRule: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/rules/preview',
    params: inWorkspace,
    query: none,
    body: ruleDraft,
    envelope: 'rule',
    output: z.object({ preview: rulePreviewSchema }),
  }),
  /** Makes a rule. */
  createRule: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/rules',
    params: inWorkspace,
    query: none,
    body: ruleDraft,
    envelope: 'rule',
    output: z.object({ rule: ruleSchema }),
    status: 201,
  }),
  /** Takes over a list of AgentRQ's. What can't be read is named, and the rest is taken. */
  importRules: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/rules/import',
    params: inWorkspace,
    query: none,
    body: z.object({ rules: z.array(ruleText).check(z.maxLength(limits.rules)) }),
    output: z.object({ rules: z.array(ruleSchema), refused: z.array(z.object({ text: z.string(), reason: z.string() })) }),
  }),
  /** Takes a rule away: from then on it allows nothing. */
  deleteRule: operation({
    method: 'DELETE',
    path: '/workspaces/:workspaceId/rules/:ruleId',
    params: z.extend(inWorkspace, { ruleId: idSchema }),
    query: none,
    body: none,
    output: z.object({ rule: ruleSchema }),
  }),
} as const;
