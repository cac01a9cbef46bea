import type { Clock } from '../../util/clock.ts';
import { describeError } from '../../util/errors.ts';
import type { Logger } from '../../util/log.ts';
import { readReceived, readRefusal } from './answers.ts';
import type { HubLine } from './hubLine.ts';
import type { BridgeSession, SessionKeeper } from './sessionKeeper.ts';
import { sleep } from './sleep.ts';

const firstPauseMs = 50;
const longestPauseMs = 2_000;

/**
 * Keeps the session's own stream open, the one on which the hub speaks without being asked, and passes on what comes. It ends when
 * `signal` aborts, or when the hub has no such stream.
 */
export async function followPushes(deps: {
  line: HubLine;
  keeper: SessionKeeper;
  write: (message: unknown) => Promise<void>;
  clock: Clock;
  signal: AbortSignal;
  log: Logger;
}): Promise<void> {
  const { line, keeper, write, clock, signal, log } = deps;
  let session: BridgeSession | undefined;
  let lastEventId: string | undefined;
  let pauseMs = firstPauseMs;

  async function follow(): Promise<'end' | 'again'> {
    if (session !== keeper.current) lastEventId = undefined;
    session = keeper.current;
    const headers = { accept: 'text/event-stream', ...session, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) };
    const reached = await line.send({ method: 'GET', headers, signal, patienceMs: Number.POSITIVE_INFINITY });
    if (reached.kind !== 'answered') return 'again';
    const { response } = reached;
    if (response.statusCode === 200) {
      const openedAt = clock.now();
      for await (const { value, eventId } of readReceived(response)) {
        lastEventId = eventId ?? lastEventId;
        if (value !== undefined) await write(value);
      }
      // One that ends as soon as it is open is not asked for without a pause.
      if (clock.now() - openedAt > longestPauseMs) pauseMs = firstPauseMs;
      return 'again';
    }
    const { lostSession } = await readRefusal(response);
    if (lostSession && session !== undefined) await keeper.renew(session);
    // A place that the hub doesn't know must not be asked for again and again.
    lastEventId = undefined;
    return response.statusCode === 405 ? 'end' : 'again';
  }

  while (!signal.aborted) {
    try {
      if ((await follow()) === 'end') return;
      await sleep(clock, pauseMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      log.warn(describeError(error));
      await sleep(clock, pauseMs, signal).catch(() => {});
    }
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}
