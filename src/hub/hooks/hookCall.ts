import type { Exchange } from '../mcp/exchange.ts';
import type { Agents } from '../service/agents.ts';
import type { PermissionWaits } from '../service/awaitPermission.ts';
import type { ServiceContext } from '../service/context.ts';
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
  exchange: Exchange;
}

/** Nothing to say. */
export const nothing: HookAnswer = {};
