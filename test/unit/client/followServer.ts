import { createEventStream, type EventStream, type ReceivedEvent } from '../../../src/client/eventStream.ts';
import type { HubAddress, LinkState } from '../../../src/client/linkState.ts';
import { type Clock, systemClock } from '../../../src/util/clock.ts';
import { createLogger } from '../../../src/util/log.ts';
import { type MisbehavingServer, startMisbehavingServer } from '../../support/misbehavingServer.ts';
import { waitFor } from '../../support/waitFor.ts';
import { id, task } from './samples.ts';

/** A stream of a misbehaving server, and all that it said. */
export interface Following extends AsyncDisposable {
  server: MisbehavingServer;
  stream: EventStream;
  received: ReceivedEvent[];
  states: LinkState[];
  readonly resets: number;
  log: string[];
  /** Appends `count` more events to the server's log. */
  append(count: number): void;
  /** The numbers of the events that came in. */
  numbers(): number[];
  /** Waits until all that the log holds came in. */
  waitForAll(): Promise<void>;
  waitForState(kind: LinkState['kind'], reason?: RegExp): Promise<void>;
  waitForReset(): Promise<void>;
}

/** Nothing is started; the log of the server holds no event yet. Short waits between attempts, unless `random` says otherwise. */
export async function followServer(
  special: { clock?: Clock; random?: () => number; fetch?: typeof globalThis.fetch; address?: () => Promise<HubAddress> } = {},
): Promise<Following> {
  const server = await startMisbehavingServer();
  const log: string[] = [];
  const stream = createEventStream({
    address: async () => server.address,
    fetch,
    clock: systemClock,
    random: () => 0.02,
    log: createLogger((level, line) => log.push(`${level}: ${line}`)),
    ...special,
  });
  const received: ReceivedEvent[] = [];
  const states: LinkState[] = [];
  let resets = 0;
  stream.onDidReceive((event) => received.push(event));
  stream.onDidChangeState((state) => states.push(state));
  stream.onDidReset(() => (resets += 1));

  return {
    server,
    stream,
    received,
    states,
    get resets() {
      return resets;
    },
    log,
    append(count) {
      for (let index = 0; index < count; index += 1) {
        server.append({ type: 'task.created', payload: task({ id: id(server.head.number + 1) }) });
      }
    },
    numbers: () => received.map(({ cursor }) => cursor.number),
    waitForAll: () => waitFor(`event ${server.head.number} to come in`, () => received.at(-1)?.cursor.number === server.head.number),
    waitForState: (kind, reason) =>
      waitFor(
        `the state ${kind} ${reason ?? ''}`,
        () => stream.state.kind === kind && (reason === undefined || (stream.state.kind === 'waiting' && reason.test(stream.state.reason))),
      ),
    waitForReset: () => waitFor('a reset', () => resets > 0),
    async [Symbol.asyncDispose]() {
      stream.dispose();
      await server.stop();
    },
  };
}

/** 1 up to `count`. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
