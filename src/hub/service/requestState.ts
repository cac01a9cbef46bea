import type { RequestStatus } from '../../protocol/model.ts';

// The life of a request. A card leaves the board only when the agent has been seen to receive the answer, or when it no longer
// wants one.

/** What can happen to a request. */
export type RequestStep = 'answer' | 'deliver' | 'act' | 'expire' | 'supersede' | 'withdraw';

const steps: Record<RequestStatus, Partial<Record<RequestStep, RequestStatus>>> = {
  open: { answer: 'answered', expire: 'expired', supersede: 'superseded', withdraw: 'withdrawn' },
  answered: { deliver: 'delivered' },
  delivered: { act: 'acted' },
  acted: {},
  // Late answers count: the agent may still ask for it.
  expired: { answer: 'answered' },
  superseded: {},
  withdrawn: {},
};

/** The state after `step`, or `undefined` if it can't happen in this state. */
export function advanceRequest(status: RequestStatus, step: RequestStep): RequestStatus | undefined {
  return steps[status][step];
}
