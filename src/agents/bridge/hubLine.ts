import type { IncomingMessage } from 'node:http';
import type { HubRequest } from '../../home/hubRequest.ts';
import { waitHeader } from '../../protocol/limits.ts';
import { processHeader } from '../../protocol/wake.ts';
import type { Clock } from '../../util/clock.ts';
import { describeError } from '../../util/errors.ts';
import type { HubPlace } from '../findHub.ts';
import { sendToHub } from '../sendToHub.ts';
import { sleep } from './sleep.ts';

/** What became of a call to the hub, which may have moved meanwhile. */
export type Reached =
  | { kind: 'answered'; response: IncomingMessage }
  /** Whether the hub heard of it is not known. */
  | { kind: 'broken' }
  /** No hub was there in all that time; the call has surely not been made. */
  | { kind: 'away'; reason: string };

/** Reaches the hub, wherever it is at the time. */
export interface HubLine {
  /**
   * Sends a call to this workspace's address, and waits for a hub that isn't there.
   * @throws if `signal` aborts
   */
  send(call: LineCall): Promise<Reached>;
}

interface LineCall extends Pick<HubRequest, 'method' | 'headers' | 'body'> {
  signal: AbortSignal;
  /** How long to wait for a hub. Milliseconds. */
  patienceMs: number;
}

const firstPauseMs = 50;
const longestPauseMs = 2_000;

const stranger =
  'What answers where AgentRQ was is not your AgentRQ, so it was sent nothing. Open VS Code with the AgentRQ extension, which starts it, and try again.';

const notRunning = 'AgentRQ is not running. Open VS Code with the AgentRQ extension, which starts it, and try again.';

export function createHubLine(deps: {
  find: () => HubPlace | undefined;
  path: string;
  waitSeconds: number | undefined;
  /** The process that has started the bridge. */
  starter: number;
  clock: Clock;
}): HubLine {
  const { clock } = deps;
  const always: Record<string, string> = {
    [processHeader]: String(deps.starter),
    ...(deps.waitSeconds !== undefined && { [waitHeader]: String(deps.waitSeconds) }),
  };

  function find(): HubPlace | string {
    try {
      return deps.find() ?? notRunning;
    } catch (error) {
      return describeError(error);
    }
  }

  /** The token was replaced between looking and sending. */
  function hasOtherToken({ token }: HubPlace): boolean {
    const place = find();
    return typeof place !== 'string' && place.token !== token;
  }

  return {
    async send({ patienceMs, headers, ...call }) {
      const until = clock.now() + patienceMs;
      let pauseMs = firstPauseMs;
      for (;;) {
        // It is looked for each time: another window may have taken over, at another address.
        const place = find();
        let reason = typeof place === 'string' ? place : notRunning;
        if (typeof place !== 'string') {
          const sent = await sendToHub(place, {
            ...call,
            path: deps.path,
            headers: { ...always, ...headers, authorization: `Bearer ${place.token}` },
          });
          call.signal.throwIfAborted();
          if (sent.kind === 'broken') return sent;
          if (sent.kind === 'unproven') reason = stranger;
          if (sent.kind === 'answered') {
            const { statusCode } = sent.response;
            const isReplaced = statusCode === 401 && hasOtherToken(place);
            // 503: it is starting.
            if (statusCode !== 503 && !isReplaced) return sent;
            sent.response.resume();
            if (isReplaced) continue;
          }
        }
        if (clock.now() >= until) return { kind: 'away', reason };
        await sleep(clock, Math.min(pauseMs, until - clock.now()), call.signal);
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      }
    },
  };
}
