import type { Agent, Message } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import type { ServiceContext } from './context.ts';
import { advanceRequest } from './requestState.ts';

// How far the person's words have come. What goes out with a result is `offered`; a later call of that agent proves that the
// result arrived; a result that could not be sent is taken back and goes out again.

/** What one call carried to the agent. */
export interface Offer {
  messageIds: string[];
  requestIds: string[];
}

/** The person's messages that this agent has not been given yet, oldest first. */
export function unreadMessages({ store }: ServiceContext, agent: Agent): Message[] {
  return store.messages.forAgent(agent.id, 'queued');
}

/** Notes that `offer` goes out with a result that is being sent. */
export function markOffered({ store, transact }: ServiceContext, offer: Offer): void {
  if (offer.messageIds.length === 0 && offer.requestIds.length === 0) return;
  transact((changes) => {
    for (const id of offer.requestIds) store.requests.setOffered(id, true);
    for (const id of offer.messageIds) {
      const message = store.messages.get(id);
      if (message?.delivery === 'queued') changes.updateMessage({ ...message, delivery: 'offered' });
    }
  });
}

/** The result that carried `offer` never left: it all waits again. */
export function takeBackOffer({ store, transact }: ServiceContext, offer: Offer): void {
  if (offer.messageIds.length === 0 && offer.requestIds.length === 0) return;
  transact((changes) => {
    for (const id of offer.requestIds) store.requests.setOffered(id, false);
    for (const id of offer.messageIds) {
      const message = store.messages.get(id);
      if (message?.delivery === 'offered') changes.updateMessage({ ...message, delivery: 'queued' });
    }
  });
}

/**
 * A call of `agent` has come: what went out with earlier results has arrived. `asksAgain` is the request that this very call is
 * about: an agent that asks for an answer once more has perhaps not seen it.
 */
export function proveDeliveries(context: ServiceContext, agent: Agent, asksAgain: string | undefined): void {
  const { store, transact, clock } = context;
  const messages = store.messages.forAgent(agent.id, 'offered');
  const requests = store.requests.offered(agent.workspaceId, agent.id).filter(({ id }) => id !== asksAgain);
  if (messages.length === 0 && requests.length === 0) return;
  const now = timestamp(clock);
  transact((changes) => {
    for (const message of messages) changes.updateMessage({ ...message, delivery: 'delivered' });
    for (const request of requests) {
      const status = advanceRequest(request.status, 'deliver');
      if (status === undefined) continue;
      changes.updateRequest({ ...request, status, updatedAt: now });
      const carried = request.taskId === undefined ? [] : store.messages.ofAnswer(request.taskId, request.id);
      for (const message of carried) changes.updateMessage({ ...message, delivery: 'delivered' });
    }
  });
}
