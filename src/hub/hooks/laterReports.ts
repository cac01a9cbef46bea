import type { Caller } from '../service/caller.ts';
import type { ServiceContext } from '../service/context.ts';
import { proveDeliveries } from '../service/deliveries.ts';
import type { HookCall } from './hookCall.ts';

// Reports that the agent doesn't wait for. It reads what they are answered along with the next thing that it says to its model, and
// they come when their process has started: after others that happened later, also after the end of the turn.

/** When an event happened, as its sender says; `undefined` if the agent waits for the answer. RFC 3339, UTC. */
export function readHappened(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^\d{13}$/.test(header) ? new Date(Number(header)).toISOString() : undefined;
}

/** The end that gets what such a report is answered: the agent has it, and its model perhaps not yet. */
export function laterEnd(caller: Caller): Caller {
  return { ...caller, connectionId: `${caller.connectionId}:later` };
}

/** Notes what an event proves of what was answered to reports before it. */
export interface LaterReports {
  /** A report was answered with words. */
  told(caller: Caller): void;
  /**
   * An event has come. One that happened before the answer proves nothing, nor does the end of the turn: the model may not have been asked
   * since.
   */
  prove(call: HookCall): void;
}

export function createLaterReports(context: ServiceContext): LaterReports {
  /** By end: when it was told something last. */
  const toldAt = new Map<string, number>();
  const keyOf = ({ agent, connectionId }: Caller): string => `${agent.id} ${connectionId}`;

  return {
    told(caller) {
      toldAt.set(keyOf(caller), context.clock.now());
    },
    prove({ event, caller, happenedAt }) {
      const last = toldAt.get(keyOf(caller));
      if (last === undefined) return;
      if (event.kind === 'sessionEnd') toldAt.delete(keyOf(caller));
      const goesOn = event.kind === 'prompt' || event.kind === 'permission' || event.kind === 'dialog' || happenedAt !== undefined;
      if (goesOn && (happenedAt === undefined || Date.parse(happenedAt) > last)) proveDeliveries(context, laterEnd(caller));
    },
  };
}
