import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';
import type { OwnDialog, Permission, Request } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import type { RequestRoute, RequestSource } from '../storage/tables/requests.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { proveVerdict } from './deliveries.ts';
import { findTask } from './lookup.ts';
import { checkOpenCount, openRequest } from './openRequest.ts';
import { isOwnQuestion } from './ownDialogs.ts';
import { type RequestStep, takeStep } from './requestState.ts';
import { rulesThatAllow } from './rules.ts';
import { isSameInput } from './sameInput.ts';
import { soleOngoingTask } from './tasks.ts';

/** What an agent requests permission for, from any source. */
export interface PermissionAsk {
  source: RequestSource;
  permission: Permission;
  /** The task that it belongs to, if the agent said so and it is one of this workspace. */
  taskId?: string | undefined;
  /** The agent's own id for this very use. */
  externalId?: string | undefined;
}

/**
 * Puts a permission before the user, unless a rule of theirs allows it already. An ask that is the same in everything that the user sees
 * finds the request that is there, also an expired one, and gets its verdict. A verdict that was given to a caller is used up: the same
 * ask then makes another request, unless the agent marks it as the same use by its own id.
 * @throws HubError `invalid_input` or `too_many_requests`
 */
export function askPermission(context: ServiceContext, caller: Caller, ask: PermissionAsk): Request {
  const { agent } = caller;
  const { source, permission, externalId } = ask;
  checkPermission(permission);
  const key = askKey(caller, ask);
  const route = { connectionId: caller.connectionId, source, externalId };
  const known = findAsked(context, caller, key, route);
  if (known !== undefined) return known;

  const allowing = rulesThatAllow(context, agent, permission);
  if (allowing.length === 0) checkOpenCount(context, agent);
  const taskId = taskOf(context, caller, ask.taskId);
  const { id: agentId, workspaceId } = agent;
  const question = permission.description ?? permission.tool;
  const ruleIds = allowing.map(({ id }) => id);
  const answer = allowing.length === 0 ? undefined : { decision: 'allow' as const, ruleIds, at: timestamp(context.clock) };
  return openRequest(context, { workspaceId, taskId, agentId, kind: 'permission', question, permission, answer }, { route, askKey: key });
}

/**
 * What makes two asks the same request: all that the user sees of them, and who asks. An id of the agent's own stands for the
 * connection, so that a call which is repeated over another one is found.
 */
function askKey({ agent, connectionId }: Caller, { permission, externalId }: PermissionAsk): string {
  const { tool, input, description, cwd, partial, subagent } = permission;
  // As it stands in databases.
  const from = externalId === undefined ? { via: connectionId } : { externalId };
  return JSON.stringify([agent.id, 'permission', from, tool, input, description, cwd, partial, subagent?.id, subagent?.type]);
}

/** The request that was asked before with the same content, if any. Its answer goes back by `route` from now on. */
export function findAsked(context: ServiceContext, { agent }: Caller, key: string, route: RequestRoute): Request | undefined {
  const { store, transact } = context;
  const known = store.requests.byAskKey(agent.workspaceId, key);
  if (known === undefined || !isFor(context, known, route.externalId)) return undefined;
  return transact(() => {
    store.requests.setRoute(known.id, route);
    return known.status === 'expired' ? (takeStep(context, known, 'ask') ?? known) : known;
  });
}

/** Whether the verdict on a request, which may have been given already, is for the caller that asks now. */
function isFor({ store }: ServiceContext, { id, answer }: Request, externalId: string | undefined): boolean {
  if (answer === undefined) return true;
  // A rule allows what it allows at this moment.
  if (answer.ruleIds !== undefined || store.requests.isVerdictIn(id)) return false;
  return externalId !== undefined || !store.deliveries.ofItem(id).some(({ state }) => state === 'flying' || state === 'sent');
}

/**
 * The caller stopped waiting, so the agent's own dialog decides. An answer that exists by then stays. For an own dialog a late answer
 * doesn't count, because it may have been answered in the agent.
 */
export function expireRequest(context: ServiceContext, requestId: string): void {
  const request = context.store.requests.get(requestId);
  if (request !== undefined) takeStep(context, request, request.dialog === undefined ? 'expire' : 'supersede');
}

/** A use of a tool, as an agent reports it afterwards. */
export type ToolUseReport = Pick<Permission, 'tool' | 'input'> & {
  /** Absent: everything that this connection has requested. */
  externalId?: string | undefined;
  /** The tool is a dialog of the agent's own, and this is what it asked there. */
  dialog?: OwnDialog | undefined;
};

/** Which uses an agent reports. `reported`: how it would report the use that it requested, where that isn't the input as it came. */
export interface Reported {
  uses: readonly ToolUseReport[];
  subagent: Permission['subagent'];
  reported?: ((permission: Permission) => string) | undefined;
  /** When they were over, if the report may come late: what was asked since is about other uses. RFC 3339, UTC. */
  happenedAt?: string | undefined;
}

/** The agent has used the tool: what was still open was decided in its own dialog, and what was allowed is acted on. */
export function noteToolUse(context: ServiceContext, caller: Caller, reported: Reported): void {
  const own = asked(context, caller, reported);
  // Those that look alike in the report were one use: the agent asks several times for what it reports once.
  const used = reported.reported === undefined ? own.slice(0, 1) : own;
  if (used.length === 0) return;
  context.transact(() => {
    for (const request of used) settleUse(context, request);
  });
}

/** These uses are over, whatever became of them: what is still open was decided in the agent's own dialog. */
export function noteToolsDone(context: ServiceContext, caller: Caller, reported: Reported): void {
  const over = asked(context, caller, reported);
  closeAll(context, over, 'supersede');
  // What the user said there was what the use has led to, also where that was a refusal.
  for (const request of over) if (request.dialog !== undefined) settleUse(context, request);
}

function settleUse(context: ServiceContext, request: Request): void {
  if (takeStep(context, request, 'supersede') !== undefined) return;
  // What was denied and used all the same was decided in its own dialog, before it heard of the answer.
  if (request.dialog === undefined && request.answer?.decision !== 'allow') return;
  const delivered = request.status === 'answered' ? proveVerdict(context, request) : request;
  if (delivered.status === 'delivered') takeStep(context, delivered, 'act');
}

/**
 * What this end has asked and a report may be about: first permissions that were allowed, of which nothing else tells yet that the agent
 * knows; then the others that were, and then those that were decided by nobody here.
 */
function asked(
  context: ServiceContext,
  caller: Caller,
  { uses, subagent, reported = ({ input }) => input, happenedAt }: Reported,
): Request[] {
  const isMeant = ({ id, permission, dialog, createdAt }: Request): boolean => {
    if (happenedAt !== undefined && createdAt > happenedAt) return false;
    if (permission?.subagent?.id !== subagent?.id) return false;
    const externalId = context.store.requests.route(id)?.externalId;
    return uses.some((use) => {
      if (use.externalId !== undefined && externalId !== undefined) return use.externalId === externalId;
      if (permission === undefined) return isSameDialog(use.dialog, dialog);
      return use.tool === permission.tool && isSameInput(use.input, reported(permission));
    });
  };
  const isAllowed = ({ answer }: Request): boolean => answer?.decision === 'allow';
  const isNews = ({ id, status }: Request): boolean => status === 'answered' && !context.store.requests.isVerdictIn(id);
  const own = ownPermissions(context, caller).filter(isMeant);
  const allowed = own.filter(isAllowed);
  return [...allowed.filter(isNews), ...allowed.filter((request) => !isNews(request)), ...own.filter((request) => !isAllowed(request))];
}

/**
 * The session went on or ended: closes its permission requests that are still open.
 * @param whose requests of the agent itself (`undefined`), of one of its subagents, or `all`
 */
export function endPermissions(
  context: ServiceContext,
  caller: Caller,
  how: Extract<RequestStep, 'supersede' | 'expire'>,
  whose: Permission['subagent'] | 'all',
): void {
  const own = ownPermissions(context, caller);
  closeAll(context, whose === 'all' ? own : own.filter(({ permission }) => permission?.subagent?.id === whose?.id), how);
}

function closeAll(context: ServiceContext, requests: readonly Request[], how: Extract<RequestStep, 'supersede' | 'expire'>): void {
  const open = requests.filter(({ status }) => status === 'open' || status === 'expired');
  if (open.length === 0) return;
  context.transact(() => {
    for (const request of open) takeStep(context, request, request.dialog === undefined ? how : 'supersede');
  });
}

/** A session shows one plan at a time. */
function isSameDialog(one: OwnDialog | undefined, other: OwnDialog | undefined): boolean {
  return one?.kind === 'plan' ? other?.kind === 'plan' : one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

/** What this connection asks in a dialog of its own as well, the oldest first. */
function ownPermissions({ store }: ServiceContext, { agent, connectionId }: Caller): Request[] {
  return (['open', 'expired', 'answered', 'delivered'] as const)
    .flatMap((status) => store.requests.forAgent(agent.workspaceId, agent.id, status))
    .filter((request) => isAskedThere(request) && store.requests.route(request.id)?.connectionId === connectionId)
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));
}

/** Its agent asks it in its own window too, and may get the answer there. */
export function isAskedThere({ kind, dialog }: Request): boolean {
  return kind === 'permission' || dialog !== undefined;
}

function checkPermission({ tool, input, description = '' }: Permission): void {
  if (tool.trim() === '') throw new HubError('invalid_input', 'The name of the tool is required.');
  if (isOwnQuestion(tool)) {
    throw new HubError('invalid_input', `Allowing ${tool} would answer nothing. Ask the user with askHuman, or in the agent itself.`);
  }
  if (tool.length > limits.text || input.length > limits.input || description.length > limits.text) {
    // It is shown whole at the moment of the decision, or not at all: nobody can allow what they can't see.
    throw new HubError('invalid_input', `The input is longer than ${limits.input} characters. Decide this one in the agent itself.`);
  }
}

/** The task that was named, or the only one that this agent works on; otherwise it lands in the workspace's inbox. */
function taskOf(context: ServiceContext, caller: Caller, named: string | undefined): string | undefined {
  if (named !== undefined) {
    try {
      return findTask(context.store, caller.agent.workspaceId, named).id;
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
    }
  }
  return soleOngoingTask(context, caller);
}
