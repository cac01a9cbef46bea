import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { markFlying, markLost, markSent } from './deliveries.ts';
import { endLease } from './queue.ts';
import { type WaitSlice, waitSliceOf } from './waitSlice.ts';

/** What one response delivers to an agent: answers and messages of the user, and the task that it leases. */
export interface DeliveryPayload {
  requestIds: string[];
  /** Requests of which it carries the verdict, and not the note. */
  verdictIds?: string[] | undefined;
  messageIds: string[];
  leasedTaskId?: string | undefined;
}

/** One HTTP request of an agent, from its arrival to the last byte of its answer. */
export interface Exchange {
  caller: Caller;
  /** Aborts when no client waits for the response any more, also after a normal end. A client of the older era may resume instead. */
  signal: AbortSignal;
  /** How long a call of this client may wait for the user. */
  waitSlice: WaitSlice;
  /** Records that the response carries this payload; from now on it is being written. */
  load(payload: DeliveryPayload): void;
  /** The response was written completely. */
  sent(): void;
  /** The connection broke before that. `refetchable`: the agent can still resume and fetch this response. */
  lost(refetchable: boolean): void;
  /** The agent has resumed: the response goes out over another connection. */
  resumed(): void;
}

/** @param promisedWait what the client's config entry says that it waits, in seconds */
export function createExchange(
  context: ServiceContext,
  options: { caller: Caller; signal: AbortSignal; promisedWait: number | undefined },
): Exchange {
  const { caller, signal, promisedWait } = options;
  /** What is on its way, or may still be fetched. */
  let loaded: DeliveryPayload[] = [];
  let broken: { refetchable: boolean } | undefined;

  function each(how: (payload: DeliveryPayload) => void): void {
    for (const payload of loaded) {
      context.background.attempt(`how far a result for agent ${caller.agent.id} came could not be noted`, () => how(payload));
    }
  }

  function lose(refetchable: boolean): void {
    each((payload) => {
      markLost(context, { caller, ...payload }, refetchable);
      if (payload.leasedTaskId !== undefined && !refetchable) endLease(context, payload.leasedTaskId);
    });
    if (!refetchable) loaded = [];
  }

  return {
    caller,
    signal,
    waitSlice: waitSliceOf(caller.agent.name, context.waitSeconds, promisedWait),
    load(payload) {
      markFlying(context, { caller, ...payload });
      loaded.push(payload);
      if (broken !== undefined) lose(broken.refetchable);
    },
    sent() {
      each((payload) => markSent(context, { caller, ...payload }));
      loaded = [];
    },
    lost(refetchable) {
      broken = { refetchable };
      lose(refetchable);
    },
    resumed() {
      broken = undefined;
    },
  };
}
