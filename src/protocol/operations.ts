import type * as z from 'zod/mini';
import { decisionOperations } from './operations/decisionOperations.ts';
import { hubOperations } from './operations/hubOperations.ts';
import { requestOperations } from './operations/requestOperations.ts';
import { ruleOperations } from './operations/ruleOperations.ts';
import { taskOperations } from './operations/taskOperations.ts';
import { workspaceOperations } from './operations/workspaceOperations.ts';

export { type Health, healthSchema, type Snapshot } from './operations/hubOperations.ts';
export type { RulePreview, RuleReach } from './operations/ruleOperations.ts';
export { type Thread, titleSchema } from './operations/taskOperations.ts';

// What the user can do, one entry for each. The hub's routes and the editor's calls are both built from this table.
// Paths, envelopes and field names are AgentRQ's where it has the same feature.

export const operations = {
  ...hubOperations,
  ...workspaceOperations,
  ...decisionOperations,
  ...taskOperations,
  ...requestOperations,
  ...ruleOperations,
} as const;

export type OperationName = keyof typeof operations;

// An object without members would say that no other member may be there either.
type Input<S extends z.ZodMiniObject> = keyof S['shape'] extends never ? object : z.input<S>;
type Parsed<S extends z.ZodMiniObject> = keyof S['shape'] extends never ? object : z.output<S>;

/** What a caller gives to an operation: the members of path, query and body in one object, before defaults are filled in. */
export type OperationInput<N extends OperationName> = Input<(typeof operations)[N]['params']> &
  Input<(typeof operations)[N]['query']> &
  Input<(typeof operations)[N]['body']>;

/** The same after parsing. */
export type ParsedOperationInput<N extends OperationName> = Parsed<(typeof operations)[N]['params']> &
  Parsed<(typeof operations)[N]['query']> &
  Parsed<(typeof operations)[N]['body']>;

export type OperationOutput<N extends OperationName> = z.output<(typeof operations)[N]['output']>;

/** Where the REST operations begin. */
export const apiPrefix = '/api/v1';
