import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { markFlying, markLost, markSent } from './deliveries.ts';
import { endLease } from './tasks.ts';
import { type WaitSlice, waitSliceOf } from './waitSlice.ts';

/** What an answer carries of the user's words, and the task that it hands out. */
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
  /** Aborts when nobody waits for the answer any more, also after a normal end. An older client that was cut off comes back for it. */
  signal: AbortSignal;
  /** How long a call of this client may wait for the user. */
  waitSlice: WaitSlice;
  /** Notes that the answer, which is being written from now on, carries this. */
  load(payload: DeliveryPayload): void;
  /** The answer has been written whole. */
  sent(): void;
  /** The connection broke before that. `refetchable`: the agent can still come back for this very answer. */
  lost(refetchable: boolean): void;
  /** It has come back, and the answer goes out over another connection. */
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
