import { stayMethod } from '../../protocol/mcpTasks.ts';
import type { Clock } from '../../util/clock.ts';
import type { Reached } from './hubLine.ts';
import { alike } from './newerRequest.ts';
import type { RpcRequest } from './rpc.ts';
import { sleep } from './sleep.ts';

const firstPauseMs = 50;
const longestPauseMs = 2_000;

/** The request by which a bridge says that its agent is there. It says who that is as `request`, one of the agent's own, does. */
export function presenceOf(request: RpcRequest): RpcRequest {
  return alike(request, stayMethod);
}

/** Keeps that request open over hubs that end and come back, until `signal` aborts. @throws then */
export async function stayPresent(deps: { post: () => Promise<Reached>; clock: Clock; signal: AbortSignal }): Promise<never> {
  const { post, clock, signal } = deps;
  let pauseMs = firstPauseMs;
  for (;;) {
    const reached = await post();
    const openedAt = clock.now();
    // It ends with the hub, in order or not.
    if (reached.kind === 'answered') for await (const _ of reached.response.iterator({ destroyOnReturn: true })) signal.throwIfAborted();
    // One that ends as soon as it is open is not asked for without a pause.
    if (clock.now() - openedAt > longestPauseMs) pauseMs = firstPauseMs;
    await sleep(clock, pauseMs, signal);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}
