import type { HubErrorCode } from '../../protocol/hubErrors.ts';
import { BoundedMap } from '../../util/boundedMap.ts';
import type { Logger } from '../../util/log.ts';

/** Refusals of who may come in at all. The user can do something about them, and the one who is refused can't tell the user. */
const told: ReadonlySet<HubErrorCode> = new Set(['unauthorized', 'wrong_role', 'wrong_workspace', 'forbidden_host', 'forbidden_origin']);

/** The addresses whose refusals are counted. */
const counted = 100;

/** Writes a line for refusals of tokens and senders: the first one of an address, then each time their number has doubled. */
export function createRefusalLog(log: Logger): (code: HubErrorCode, address: string) => void {
  const counts = new BoundedMap<string, number>(counted);
  return (code, address) => {
    if (!told.has(code)) return;
    const key = `${code} ${address}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count === 1) log.warn(`refused ${address}: ${code}`);
    else if (Number.isInteger(Math.log2(count))) log.warn(`refused ${address}: ${code} (${count} times)`);
  };
}
