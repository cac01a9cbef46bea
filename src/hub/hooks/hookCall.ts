import type { Agents } from '../service/agents.ts';
import type { PermissionWaits } from '../service/awaitPermission.ts';
import type { Caller } from '../service/caller.ts';
import type { ServiceContext } from '../service/context.ts';
import type { Exchange } from '../service/exchange.ts';
import type { Dialect, HookAnswer, HookEvent, HookEventOf } from './hookEvent.ts';

/** What the answers to hooks are made with. */
export interface HookDeps {
  context: ServiceContext;
  agents: Agents;
  waits: PermissionWaits;
}

/** One event of an agent, until its answer has left. */
export interface HookCall<K extends HookEvent['kind'] = HookEvent['kind']> {
  dialect: Dialect;
  event: HookEventOf<K>;
  /** Whose event it is. What the answer carries goes to the end that `exchange` names. */
  caller: Caller;
  exchange: Exchange;
  /** When it happened, if the agent has gone on since without waiting, so that others may have overtaken it: RFC 3339, UTC. */
  happenedAt?: string | undefined;
}

/** Nothing to say. */
export const nothing: HookAnswer = {};
