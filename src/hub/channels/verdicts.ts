import { createCounts } from '../../util/counts.ts';
import { sessionConnection, sessionIdOf } from '../service/caller.ts';
import type { ServiceContext } from '../service/context.ts';
import { markFlying, markLost, markSent } from '../service/deliveries.ts';

/** The notification that carries the verdict on a permission. */
export const verdictMethod = 'notifications/claude/channel/permission';

/** What it says: no more than this. */
export type ChannelVerdict = { request_id: string; behavior: 'allow' | 'deny' };

/** Verdicts on their way to the sessions that asked. They wait for a session that doesn't listen. */
export interface Verdicts {
  /** Sends a verdict, if there is one, and its session listens. `again`: it went out, and has not arrived. */
  send(requestId: string, options?: { again: boolean }): void;
  /** A session listens again. `again`: what went out over its last stream may not have arrived. */
  catchUp(session: { id: string; workspaceId: string }, agentId: string, options: { again: boolean }): void;
  /** No verdict on what this connection asks under this id of its own goes out until the returned function is called. */
  hold(connectionId: string, externalId: string): () => void;
}

export function createVerdicts(deps: {
  context: ServiceContext;
  write: (sessionId: string, verdict: ChannelVerdict) => Promise<boolean>;
  /** Notes what goes wrong with something that nobody waits for. */
  inBackground: (work: Promise<void>) => void;
}): Verdicts {
  const { context, write, inBackground } = deps;
  const { store } = context;
  const held = createCounts<string>();
  const underWay = new Set<string>();

  async function deliver(requestId: string, again: boolean): Promise<void> {
    const request = store.requests.get(requestId);
    const route = store.requests.route(requestId);
    const agent = request?.agentId === undefined ? undefined : store.agents.get(request.agentId);
    const behavior = request?.answer?.decision;
    if (store.requests.isVerdictIn(requestId)) return;
    if (request?.status !== 'answered' || (behavior !== 'allow' && behavior !== 'deny') || agent === undefined) return;
    if (route?.source !== 'channel' || route.externalId === undefined) return;
    const { connectionId, externalId } = route;
    const sessionId = sessionIdOf(connectionId);
    if (sessionId === undefined) return;
    // The agent has put another use under this id, and would take the verdict for that.
    if (store.requests.byExternalId(request.workspaceId, externalId, connectionId)?.id !== request.id) return;
    if (held.of(keyOf(connectionId, externalId)) > 0 || underWay.has(request.id)) return;
    const isOut = store.deliveries.ofItem(request.id).some((row) => row.connectionId === connectionId && row.state !== 'broken');
    if (isOut && !again) return;
    // The verdict has no place for words. Once it is known to have arrived, its note follows.
    const isWhole = request.answer?.note === undefined;
    const ids = isWhole ? { requestIds: [request.id] } : { requestIds: [], verdictIds: [request.id] };
    const delivery = { caller: { agent, connectionId }, ...ids, messageIds: [] };
    underWay.add(request.id);
    try {
      markFlying(context, delivery);
      if (await write(sessionId, { request_id: externalId, behavior })) markSent(context, delivery);
      else markLost(context, delivery);
    } finally {
      underWay.delete(request.id);
    }
  }

  const send: Verdicts['send'] = (requestId, { again } = { again: false }) => inBackground(deliver(requestId, again));

  return {
    send,
    catchUp({ id, workspaceId }, agentId, options) {
      const connectionId = sessionConnection(id);
      for (const request of store.requests.forAgent(workspaceId, agentId, 'answered')) {
        if (store.requests.route(request.id)?.connectionId === connectionId) send(request.id, options);
      }
    },
    hold: (connectionId, externalId) => held.enter(keyOf(connectionId, externalId)),
  };
}

function keyOf(connectionId: string, externalId: string): string {
  return `${connectionId} ${externalId}`;
}
