import { HubError } from '../../protocol/hubErrors.ts';
import type { Request } from '../../protocol/model.ts';
import type { Logger } from '../../util/log.ts';
import type { Agents } from '../service/agents.ts';
import type { PermissionWaits } from '../service/awaitPermission.ts';
import { type Caller, sessionIdOf } from '../service/caller.ts';
import type { ServiceContext } from '../service/context.ts';
import { proveDeliveries } from '../service/deliveries.ts';
import { isConfirmation, waitsToUse } from '../service/ownDialogs.ts';
import { askPermission } from '../service/permissions.ts';
import { takeStep } from '../service/requestState.ts';
import { type ChannelAsk, readChannelAsk } from './permissionAsk.ts';
import { taskOfSession } from './taskOfSession.ts';
import type { Verdicts } from './verdicts.ts';

/** Permissions that are requested over the channel. The session waits without a limit, and only the user decides. */
export interface PermissionRelay {
  /** A session asks. Its POST has been answered. */
  ask(caller: Caller, params: Record<string, unknown>): void;
  /** Something has become of a request. */
  onUpdate(request: Request): void;
  /** A session has ended for good: nobody is left there whom a verdict could reach. */
  onEnd(connectionId: string): void;
}

/** Gateways listen for the verdict only some time after their POST was answered. */
const settleMs = 100;

export function createPermissionRelay(deps: {
  context: ServiceContext;
  agents: Agents;
  waits: PermissionWaits;
  verdicts: Verdicts;
  /** A verdict is known to have arrived, and its note has not. */
  onNoteLeft: (request: Request) => void;
  log: Logger;
}): PermissionRelay {
  const { context, agents, waits, verdicts, log } = deps;
  const { store, clock } = context;
  /** By request: who asked waits, though no call of it does. */
  const waiting = new Map<string, () => void>();
  for (const request of store.requests.live()) takeUpAgain(request);

  function noteWaiting(request: Request): void {
    const { id, kind, status, agentId } = request;
    const route = store.requests.route(id);
    if (kind !== 'permission' || route?.source !== 'channel') return;
    if (status !== 'open') leave(id);
    else if (agentId !== undefined && !waiting.has(id)) waiting.set(id, waits.enter(agentId, id));
  }

  /** The hub has just started. A session that it doesn't know doesn't come back. */
  function takeUpAgain(request: Request): void {
    noteWaiting(request);
    const sessionId = sessionIdOf(store.requests.route(request.id)?.connectionId ?? '');
    if (sessionId !== undefined && store.sessions.get(sessionId) === undefined) leave(request.id);
  }

  function leave(requestId: string): void {
    const end = waiting.get(requestId);
    waiting.delete(requestId);
    end?.();
  }

  /** Its asker has put another use in its place: under this id the verdict on one would be taken for that on the other. */
  function withdrawEarlier({ agent, connectionId }: Caller, requestId: string, current: Request): void {
    const earlier = (['open', 'expired', 'answered'] as const)
      .flatMap((status) => store.requests.forAgent(agent.workspaceId, agent.id, status))
      .filter(({ id }) => {
        const route = store.requests.route(id);
        const isSame = route?.source === 'channel' && route.connectionId === connectionId && route.externalId === requestId;
        // What is out can't be taken back; the request in its place says that it has arrived.
        return isSame && id !== current.id && store.deliveries.ofItem(id).length === 0;
      });
    for (const request of earlier) takeStep(context, request, 'withdraw');
  }

  function takeUp(caller: Caller, { requestId, taskId, permission }: ChannelAsk): Request | undefined {
    const release = verdicts.hold(caller.connectionId, requestId);
    try {
      if (isConfirmation(permission.tool)) throw new HubError('invalid_input', 'A verdict alone does not confirm what is shown there.');
      const request = askPermission(context, caller, {
        source: 'channel',
        permission,
        taskId: taskId ?? taskOfSession(context, caller),
        externalId: requestId,
      });
      clock.after(settleMs, () => {
        release();
        verdicts.send(request.id, { again: true });
      });
      withdrawEarlier(caller, requestId, request);
      noteWaiting(request);
      return request;
    } catch (error) {
      release();
      if (!(error instanceof HubError)) throw error;
      log.warn(`${caller.agent.name} can't ask for this: ${error.code}`);
      agents.noteExternalPrompt(caller.agent.id, waitsToUse(permission.tool));
      return undefined;
    }
  }

  return {
    ask(caller, params) {
      const asked = readChannelAsk(params);
      const request = asked === undefined ? undefined : takeUp(caller, asked);
      if (asked === undefined) log.warn(`${caller.agent.name} requested permission in a form that is not known`);
      // Asking again says that the verdict has not arrived.
      proveDeliveries(context, caller, request?.id);
    },
    onUpdate(request) {
      if (request.kind !== 'permission' || store.requests.route(request.id)?.source !== 'channel') return;
      noteWaiting(request);
      if (request.status === 'answered' && store.requests.isVerdictIn(request.id)) deps.onNoteLeft(request);
      else if (request.status === 'answered') verdicts.send(request.id);
      // It went to the one program that waited for it, and nothing tells later what that made of it.
      else if (request.status === 'delivered') takeStep(context, store.requests.get(request.id) ?? request, 'act');
    },
    onEnd(connectionId) {
      for (const id of waiting.keys()) if (store.requests.route(id)?.connectionId === connectionId) leave(id);
    },
  };
}
