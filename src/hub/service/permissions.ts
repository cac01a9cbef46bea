import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';
import type { Permission, Request } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import type { Door } from '../storage/store.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { findTask } from './lookup.ts';
import { checkOpenCount } from './questions.ts';
import type { RequestStep } from './requestState.ts';
import { rulesThatAllow } from './rules.ts';
import { takeStep } from './takeStep.ts';
import { soleOngoingTask } from './tasks.ts';

/** What an agent asks leave for, by whatever door. */
export interface PermissionAsk {
  door: Door;
  permission: Permission;
  /** The task that it belongs to, if the agent said so and it is one of this workspace. */
  taskId?: string | undefined;
  /** The agent's own id for this very use. */
  externalId?: string | undefined;
}

/**
 * Puts a permission before the person, unless a rule of theirs allows it already. The same use asked for again finds the request that
 * is there, also one that expired meanwhile: whoever asks now gets the verdict.
 * @throws HubError `invalid_input` or `too_many_requests`
 */
export function askPermission(context: ServiceContext, caller: Caller, ask: PermissionAsk): Request {
  const { store, transact, clock, newId } = context;
  const { agent } = caller;
  const { door, permission, externalId } = ask;
  checkPermission(permission);
  const key = JSON.stringify([agent.id, 'permission', externalId ?? caller.via, permission.tool, permission.input]);
  const route = { via: caller.via, door, externalId };
  const known = store.requests.byAskKey(agent.workspaceId, key);
  if (known !== undefined) {
    return transact(() => {
      store.requests.setRoute(known.id, route);
      return known.status === 'expired' ? (takeStep(context, known, 'ask') ?? known) : known;
    });
  }

  const allowing = rulesThatAllow(context, agent, permission);
  if (allowing.length === 0) checkOpenCount(context, caller);
  const taskId = taskOf(context, caller, ask.taskId);
  const now = timestamp(clock);
  return transact((changes) => {
    const request = changes.createRequest({
      id: newId(),
      workspaceId: agent.workspaceId,
      ...(taskId !== undefined && { taskId }),
      agentId: agent.id,
      kind: 'permission',
      status: allowing.length === 0 ? 'open' : 'answered',
      question: permission.description ?? permission.tool,
      permission,
      choices: [],
      multiple: false,
      createdAt: now,
      updatedAt: now,
      ...(allowing.length > 0 && { answer: { decision: 'allow', ruleIds: allowing.map(({ id }) => id), at: now } }),
    });
    store.requests.setAskKey(request.id, key);
    store.requests.setRoute(request.id, route);
    return request;
  });
}

/** Whoever asked stopped waiting: its own dialog decides, or nobody. A verdict that was given meanwhile stays. */
export function expireRequest(context: ServiceContext, requestId: string): void {
  const request = context.store.requests.get(requestId);
  if (request !== undefined) takeStep(context, request, 'expire');
}

/** A use of a tool, as an agent reports it afterwards. */
export type ToolUseReport = Pick<Permission, 'tool' | 'input'> & {
  /** Absent: whatever this end has asked leave for. */
  externalId?: string | undefined;
};

/** The agent has used the tool: what was still open was decided in its own dialog, and what was allowed is acted on. */
export function noteToolUse(context: ServiceContext, caller: Caller, used: ToolUseReport): void {
  const request = ownPermissions(context, caller).find(({ permission }) => {
    return permission?.tool === used.tool && permission.input === used.input;
  });
  if (request === undefined) return;
  if (request.status === 'open' || request.status === 'expired') {
    takeStep(context, request, 'supersede');
    return;
  }
  // What was denied and used all the same was decided in its own dialog, before it heard of the answer.
  if (request.answer?.decision !== 'allow') return;
  context.transact(() => {
    const delivered = takeStep(context, request, 'deliver') ?? request;
    context.store.offers.forget(request.id);
    takeStep(context, delivered, 'act');
  });
}

/** This end has gone on, or is gone: what it asked leave for, and nobody decided here, is no longer wanted. */
export function endPermissions(context: ServiceContext, caller: Caller, how: Extract<RequestStep, 'supersede' | 'expire'>): void {
  const open = ownPermissions(context, caller).filter(({ status }) => status === 'open' || status === 'expired');
  if (open.length === 0) return;
  context.transact(() => {
    for (const request of open) takeStep(context, request, how);
  });
}

/** What this connection has asked leave for, the newest first. */
function ownPermissions({ store }: ServiceContext, { agent, via }: Caller): Request[] {
  return (['open', 'expired', 'answered', 'delivered'] as const)
    .flatMap((status) => store.requests.forAgent(agent.workspaceId, agent.id, status))
    .filter(({ kind, id }) => kind === 'permission' && store.requests.route(id)?.via === via)
    .toReversed();
}

function checkPermission({ tool, input, description = '' }: Permission): void {
  if (tool.trim() === '') throw new HubError('invalid_input', 'The name of the tool is required.');
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
