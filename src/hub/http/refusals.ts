import type { Refused } from '../../protocol/events.ts';
import type { HubErrorCode } from '../../protocol/hubErrors.ts';
import { BoundedMap } from '../../util/boundedMap.ts';
import { type Clock, timestamp } from '../../util/clock.ts';
import type { Logger } from '../../util/log.ts';

/** Refusals of a token. */
const ofTokens: ReadonlySet<HubErrorCode> = new Set(['unauthorized', 'wrong_role', 'wrong_workspace']);

/** Refusals of who may come in at all. The user can do something about them, and the one who is refused can't tell the user. */
const told: ReadonlySet<HubErrorCode> = new Set([...ofTokens, 'forbidden_host', 'forbidden_origin']);

/** The addresses whose refusals are counted. */
const counted = 100;

/** From so many refusals of one address on, windows are told. */
const patience = 3;
/** Windows are told again at most so often. */
const apartMs = 60_000;

/**
 * Writes a line for refusals of tokens and senders: the first one of an address, then each time their number has doubled. Has windows told
 * of what tries to be an agent with a wrong token several times.
 */
export function createRefusals(deps: {
  log: Logger;
  clock: Clock;
  tell(refused: Refused): void;
}): (code: HubErrorCode, address: string) => void {
  const { log, clock } = deps;
  const counts = new BoundedMap<string, number>(counted);
  let toldAt = -Infinity;
  return (code, address) => {
    if (!told.has(code)) return;
    const key = `${code} ${address}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count === 1) log.warn(`refused ${address}: ${code}`);
    else if (Number.isInteger(Math.log2(count))) log.warn(`refused ${address}: ${code} (${count} times)`);
    if (!ofTokens.has(code) || !isOfAgents(address) || count < patience || clock.now() - toldAt < apartMs) return;
    toldAt = clock.now();
    deps.tell({ count, at: timestamp(clock) });
  };
}

/** Whether an agent would use this address. @param address with its method */
function isOfAgents(address: string): boolean {
  return /^[A-Z]+ \/(mcp|sse|hooks)\//.test(address);
}
