import { assertNever } from '../../util/errors.ts';
import { inboxText } from '../mcp/inboxText.ts';
import type { Caller } from '../service/caller.ts';
import type { ServiceContext } from '../service/context.ts';
import { type Inbox, proveDeliveries, unread } from '../service/deliveries.ts';
import { endPermissions, noteToolUse } from '../service/permissions.ts';
import { createPermissionDecider } from './decidePermission.ts';
import { type HookCall, type HookDeps, nothing } from './hookCall.ts';
import type { HookAnswer, HookEventOf } from './hookEvent.ts';

/**
 * How often in a row an agent is kept from ending its turn. Claude Code and Copilot put up with 8, Cursor with 5; an agent that
 * overrides us would drop what it was told.
 */
const maxFollowUps = 5;

/** What the hub answers to each event. Only a permission waits. */
export function createHookAnswers(deps: HookDeps): (call: HookCall) => Promise<HookAnswer> {
  const { context, agents } = deps;
  const decidePermission = createPermissionDecider(deps);
  /** By agent and session: how often in a row it was kept from ending its turn. */
  const followUps = new Map<string, number>();

  function goOn({ dialect, event, exchange }: HookCall<'stop'>): HookAnswer {
    const key = sessionKey(exchange.caller);
    const inbox = unread(context, exchange.caller);
    if (isEmpty(inbox)) {
      followUps.delete(key);
      return nothing;
    }
    const before = event.followUps ?? followUps.get(key) ?? 0;
    const text = `${goOnText}\n\n${inboxText(inbox)}`;
    const written = before < maxFollowUps ? dialect.write.goOn?.(text, event) : undefined;
    if (written === undefined) return nothing;
    followUps.set(key, before + 1);
    exchange.load(cargoOf(inbox));
    return written;
  }

  return async (call) => {
    const { dialect, event, exchange } = call;
    const { caller } = exchange;
    proveDeliveries(context, caller, asksAgain(context, call));
    switch (event.kind) {
      case 'permission':
        return await decidePermission({ dialect, event, exchange });
      case 'toolUsed':
        return noteUse(context, { dialect, event, exchange });
      case 'prompt': {
        followUps.delete(sessionKey(caller));
        endPermissions(context, caller, 'supersede');
        return addToPrompt(context, { dialect, event, exchange });
      }
      case 'stop':
        return goOn({ dialect, event, exchange });
      case 'waits':
        // It also says so while one of its permissions is before the person already.
        if (!asksHere(context, caller)) agents.waitsElsewhere(caller.agent.id, event.text);
        return nothing;
      case 'sessionEnd':
        followUps.delete(sessionKey(caller));
        endPermissions(context, caller, 'expire');
        return nothing;
      case 'other':
        return nothing;
      default:
        return assertNever(event);
    }
  };
}

const goOnText =
  'Before you stop: the person has written to you in AgentRQ. Act on it now. If a message calls for an answer, use the reply tool of AgentRQ.';

/** The agent has used the tool. A note that the person added to the permission goes along. */
function noteUse(context: ServiceContext, { dialect, event, exchange }: HookCall<'toolUsed'>): HookAnswer {
  const answered = unread(context, exchange.caller).answers.find(({ permission }) => isUseOf(event, permission));
  const { decision, note } = answered?.answer ?? {};
  if (answered === undefined || (decision === 'allow' && note === undefined)) {
    noteToolUse(context, exchange.caller, event);
    return nothing;
  }
  // What the person said has not arrived, so the use doesn't settle it. If it can't go with this answer, it goes with the next.
  const text = `The person has allowed this use of ${event.tool}. Their note: ${note}`;
  const written = decision === 'allow' ? dialect.write.context?.(text, event) : undefined;
  if (written === undefined) return nothing;
  exchange.load({ requestIds: [answered.id], messageIds: [] });
  return written;
}

function isUseOf({ tool, input }: HookEventOf<'toolUsed'>, permission: { tool: string; input: string } | undefined): boolean {
  return permission?.tool === tool && permission.input === input;
}

function addToPrompt(context: ServiceContext, { dialect, event, exchange }: HookCall<'prompt'>): HookAnswer {
  const inbox = unread(context, exchange.caller);
  if (isEmpty(inbox)) return nothing;
  const written = dialect.write.context?.(`The person has also written to you in AgentRQ.\n\n${inboxText(inbox)}`, event);
  if (written === undefined) return nothing;
  exchange.load(cargoOf(inbox));
  return written;
}

/** The request that the event asks about once more: its verdict has perhaps not arrived. */
function asksAgain({ store }: ServiceContext, { event, exchange }: HookCall): string | undefined {
  if (event.kind !== 'permission' || event.externalId === undefined) return undefined;
  return store.requests.byExternalId(exchange.caller.agent.workspaceId, event.externalId)?.id;
}

/** A permission that this session has asked for is before the person. */
function asksHere({ store }: ServiceContext, { agent, via }: Caller): boolean {
  const open = store.requests.forAgent(agent.workspaceId, agent.id, 'open');
  return open.some(({ id, kind }) => kind === 'permission' && store.requests.route(id)?.via === via);
}

function sessionKey({ agent, via }: Caller): string {
  return `${agent.id} ${via}`;
}

function cargoOf({ answers, messages }: Inbox): { requestIds: string[]; messageIds: string[] } {
  return { requestIds: answers.map(({ id }) => id), messageIds: messages.map(({ id }) => id) };
}

function isEmpty({ answers, messages }: Inbox): boolean {
  return answers.length === 0 && messages.length === 0;
}
