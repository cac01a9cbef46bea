import type { Request, RequestStatus } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import type { ServiceContext } from './context.ts';

// The life of a request. A card leaves the board only when the agent has been seen to receive the answer, or when it no longer
// wants one.

/** What can happen to a request. */
export type RequestStep =
  /** The user answers, or a rule that they made. */
  | 'answer'
  /** They take the answer back, which no agent has been given. */
  | 'retract'
  /** A later call of the agent proves that the answer arrived. */
  | 'deliver'
  /** The agent has gone on with it. */
  | 'act'
  /** The caller that asked stopped waiting; its own dialog decides, or nobody. */
  | 'expire'
  /** It asks for the same thing again. */
  | 'ask'
  /** It was decided elsewhere. */
  | 'supersede'
  /** The agent no longer needs it, or the user took it off the board. */
  | 'withdraw';

const steps: Record<RequestStatus, Partial<Record<RequestStep, RequestStatus>>> = {
  open: { answer: 'answered', expire: 'expired', supersede: 'superseded', withdraw: 'withdrawn' },
  answered: { retract: 'open', deliver: 'delivered', withdraw: 'withdrawn' },
  delivered: { act: 'acted', withdraw: 'withdrawn' },
  acted: {},
  // Late answers count, once: the agent may still ask for it, and is told in words otherwise.
  expired: { answer: 'answered', ask: 'open', supersede: 'superseded', withdraw: 'withdrawn' },
  superseded: {},
  withdrawn: {},
};

/** The state after `step`, or `undefined` if it can't happen in this state. */
export function advanceRequest(status: RequestStatus, step: RequestStep): RequestStatus | undefined {
  return steps[status][step];
}

/** Moves a request on. `undefined`, and nothing has changed, if it can't go that way from where it stands. */
export function takeStep({ transact, clock }: ServiceContext, request: Request, step: RequestStep): Request | undefined {
  const status = advanceRequest(request.status, step);
  if (status === undefined) return undefined;
  return transact((changes) => changes.updateRequest({ ...request, status, updatedAt: timestamp(clock) }));
}
