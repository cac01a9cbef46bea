import type { Permission, Request } from '../../protocol/model.ts';
import { serverName } from '../../protocol/names.ts';
import { unaskedTools } from '../../protocol/unaskedTools.ts';
import { assertNever } from '../../util/errors.ts';
import { answerText } from '../agentText/answerText.ts';
import { inboxText } from '../agentText/inboxText.ts';
import type { Caller } from '../service/caller.ts';
import type { ServiceContext } from '../service/context.ts';
import { type Inbox, proveDeliveries, unread } from '../service/deliveries.ts';
import { endPermissions, isAskedThere, noteToolsDone, noteToolUse } from '../service/permissions.ts';
import { isSameInput } from '../service/sameInput.ts';
import { noteTurnEnded, noteUserWentOn } from '../service/stopTask.ts';
import { createDialogAnswerer } from './answerDialog.ts';
import { createPermissionDecider } from './decidePermission.ts';
import { type HookCall, type HookDeps, nothing } from './hookCall.ts';
import type { HookAnswer, HookEventOf } from './hookEvent.ts';
import { createLaterReports, type LaterReports } from './laterReports.ts';
import { createStops } from './stops.ts';

/**
 * How often in a row an agent is kept from ending its turn. Claude Code and Copilot put up with 8, Cursor with 5; an agent that
 * overrides us would drop what it was told.
 */
const maxFollowUps = 5;

/**
 * What the hub answers to each event. Only permissions and dialogs wait; a tool that is about to start is answered from a look at the
 * tasks.
 */
export function createHookAnswers(deps: HookDeps): (call: HookCall) => Promise<HookAnswer> {
  const { context, agents } = deps;
  const decidePermission = createPermissionDecider(deps);
  const answerDialog = createDialogAnswerer(deps);
  const stops = createStops(deps);
  /** By agent and session: how often in a row it was kept from ending its turn. */
  const followUps = new Map<string, number>();
  const laterReports = createLaterReports(context);

  function goOn({ dialect, event, caller, exchange }: HookCall<'stop'>): HookAnswer {
    const key = sessionKey(caller);
    const inbox = inboxOf(context, caller);
    if (isEmpty(inbox)) {
      followUps.delete(key);
      return nothing;
    }
    const before = event.followUps ?? followUps.get(key) ?? 0;
    const text = `${goOnText}\n\n${inboxText(inbox)}`;
    const written = before < maxFollowUps ? dialect.write.goOn?.(text, event) : undefined;
    if (written === undefined) return nothing;
    followUps.set(key, before + 1);
    exchange.load(payloadOf(inbox));
    return written;
  }

  /** Notes what the event proves to have arrived. */
  function prove(call: HookCall): void {
    const disobeyed = stops.disobeyed(call);
    // What was written while it was under way may not have arrived when it happened.
    if (call.happenedAt === undefined) proveDeliveries(context, call.caller, disobeyed ?? asksAgain(context, call));
    if (disobeyed !== undefined) stops.again(call, disobeyed);
    laterReports.prove(call);
    stops.noteTurn(call);
  }

  /** The agent has used tools: that a verdict has arrived, and that it was acted on, is one change. */
  function takeReport(call: HookCall, event: Extract<HookCall['event'], { kind: 'toolUsed' | 'toolsDone' }>): HookAnswer {
    const { dialect, caller, happenedAt } = call;
    return context.transact(() => {
      prove(call);
      if (event.kind === 'toolUsed') {
        stops.noteTask({ ...call, event });
        return noteUse(context, laterReports, { ...call, event });
      }
      noteToolsDone(context, caller, { uses: event.uses, subagent: event.subagent, reported: dialect.reportedInput, happenedAt });
      return nothing;
    });
  }

  return async (call) => {
    const { dialect, event, caller } = call;
    if (event.kind === 'toolUsed' || event.kind === 'toolsDone') return takeReport(call, event);
    prove(call);
    switch (event.kind) {
      case 'permission':
        if (isUnasked(event, caller.agent.workspaceId)) return dialect.write.allow?.(event) ?? nothing;
        return await decidePermission({ ...call, event });
      case 'dialog':
        return await answerDialog({ ...call, event });
      case 'toolStarts':
        stops.noteTask({ ...call, event });
        return stops.refuse({ ...call, event });
      case 'prompt': {
        // What a program submits is neither the user's turn nor their decision. Nor do they decide for subagents, which go on by
        // themselves.
        if (event.byUser) {
          followUps.delete(sessionKey(caller));
          endPermissions(context, caller, 'supersede', undefined);
          noteUserWentOn(context, caller);
        }
        // It asks for what the user said by itself, so it would be told twice.
        return event.isWake === true ? nothing : addToPrompt(context, { ...call, event });
      }
      case 'stop':
        // No turn ends before its dialogs do.
        endPermissions(context, caller, 'supersede', event.subagent);
        if (event.subagent === undefined) noteTurnEnded(context, caller);
        return goOn({ ...call, event });
      case 'subagentStop':
        if (event.subagent !== undefined) endPermissions(context, caller, 'supersede', event.subagent);
        return nothing;
      case 'waits':
        // It also says so while what it asks is before the user already.
        if (!asksHere(context, caller)) agents.noteExternalPrompt(caller.agent.id, event.text);
        return nothing;
      case 'sessionEnd':
        followUps.delete(sessionKey(caller));
        endPermissions(context, caller, 'expire', 'all');
        return nothing;
      case 'other':
        return nothing;
      default:
        return assertNever(event);
    }
  };
}

const goOnText =
  'Before you stop: the user has written to you in AgentRQ. Act on it now. If a message calls for an answer, use the reply tool of AgentRQ.';

/** The agent has used the tool. Notes that the user added to the permission go along, or else with what it reads next. */
function noteUse(context: ServiceContext, laterReports: LaterReports, call: HookCall<'toolUsed'>): HookAnswer {
  const { dialect, event, caller, exchange, happenedAt } = call;
  const { reportedInput = ({ input }: Permission) => input } = dialect;
  noteToolUse(context, caller, { uses: [event], subagent: event.subagent, reported: dialect.reportedInput, happenedAt });
  const isOfUse = ({ permission, dialog, answer }: Request): boolean => {
    if (answer?.note === undefined) return false;
    if (dialog?.kind === 'plan') return event.dialog?.kind === 'plan' && answer.decision === 'approve';
    return permission?.tool === event.tool && isSameInput(reportedInput(permission), event.input) && answer.decision === 'allow';
  };
  const noted = unread(context, caller).answers.filter(isOfUse);
  // Each says what it was about: the report may fit several.
  const written = noted.length === 0 ? undefined : dialect.write.context?.(noted.map(answerText).join('\n\n'), event);
  if (written === undefined) return nothing;
  exchange.load({ requestIds: noted.map(({ id }) => id), messageIds: [] });
  if (happenedAt !== undefined) laterReports.told(caller);
  return written;
}

/** What this end has not been given, but for a stop: nobody goes on because of that. */
function inboxOf(context: ServiceContext, caller: Caller): Inbox {
  const { answers, messages } = unread(context, caller);
  return { answers, messages: messages.filter(({ move }) => move?.kind !== 'stop') };
}

function addToPrompt(context: ServiceContext, { dialect, event, caller, exchange }: HookCall<'prompt'>): HookAnswer {
  const inbox = inboxOf(context, caller);
  if (isEmpty(inbox)) return nothing;
  const written = dialect.write.context?.(`The user has also written to you in AgentRQ.\n\n${inboxText(inbox)}`, event);
  if (written === undefined) return nothing;
  exchange.load(payloadOf(inbox));
  return written;
}

/** The request that the event asks about once more: its verdict has perhaps not arrived. */
function asksAgain({ store }: ServiceContext, { event, caller }: HookCall): string | undefined {
  if ((event.kind !== 'permission' && event.kind !== 'dialog') || event.externalId === undefined) return undefined;
  return store.requests.byExternalId(caller.agent.workspaceId, event.externalId)?.id;
}

/** What this session asks in its own window is before the user here. */
function asksHere({ store }: ServiceContext, { agent, connectionId }: Caller): boolean {
  const open = store.requests.forAgent(agent.workspaceId, agent.id, 'open');
  return open.some((request) => isAskedThere(request) && store.requests.route(request.id)?.connectionId === connectionId);
}

function sessionKey({ agent, connectionId }: Caller): string {
  return `${agent.id} ${connectionId}`;
}

function payloadOf({ answers, messages }: Inbox): { requestIds: string[]; messageIds: string[] } {
  return { requestIds: answers.map(({ id }) => id), messageIds: messages.map(({ id }) => id) };
}

function isEmpty({ answers, messages }: Inbox): boolean {
  return answers.length === 0 && messages.length === 0;
}

/**
 * Whether a permission is for nothing but to ask, report or read on the hub's own board, so that the user need not be asked: for one of
 * those tools, of the server that the workspace's entry is named after. Of any other server, and where the user wants to be asked, the
 * permission is one like all others.
 */
function isUnasked({ unsetTool }: HookEventOf<'permission'>, workspaceId: string): boolean {
  return unsetTool?.server === serverName(workspaceId) && unaskedTools.some((name) => name === unsetTool.tool);
}
