import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { defaultHome } from '../home/ownHub.ts';
import { systemClock } from '../util/clock.ts';
import { describeError } from '../util/errors.ts';
import { createLogger } from '../util/log.ts';
import { asItIs } from '../util/sentence.ts';
import type { Hub } from './hub.ts';
import { StartError } from './lifecycle/startError.ts';
import { startOrSucceed } from './lifecycle/startOrSucceed.ts';
import { survive } from './lifecycle/survive.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './workerMessages.ts';

// The hub's bundle. In a worker thread of the editor it starts a hub at once; on the command line it is a module like any other.

export { defaultHome } from '../home/ownHub.ts';
export { startHub } from './hub.ts';
export { StartError } from './lifecycle/startError.ts';
export { survive } from './lifecycle/survive.ts';

/** How long the port is left to others before a thread that ended is started again. Milliseconds. */
const stepAsideMs = 2_000;

const tell = (message: FromWorker): void => parentPort?.postMessage(message);
const log = createLogger((level, line) => tell({ kind: 'log', level, line }));
let running: { hub: Hub; close: () => void } | undefined;

async function run(options: WorkerOptions): Promise<void> {
  try {
    const hub = await startOrSucceed({ ...options, home: options.home ?? defaultHome(), clock: systemClock, log });
    let closing: Promise<void> | undefined;
    const close = (lingerMs = 0): void => {
      closing ??= hub
        .close()
        .catch((error: unknown) => log.error(describeError(error)))
        .finally(() =>
          setTimeout(() => {
            tell({ kind: 'closed' });
            parentPort?.close();
          }, lingerMs),
        );
    };
    running = { hub, close };
    parentPort?.on('message', (message: ToWorker) => message.kind === 'close' && close());
    // A thread that ends is started again, and the next start salvages what can be read.
    void hub.damaged.then(() => close());
    void hub.steppedDown.then(() => close(stepAsideMs));
    tell({ kind: 'listening', url: hub.url, hubId: hub.hubId, notice: hub.notice });
  } catch (error) {
    if (!(error instanceof StartError)) {
      log.error(describeError(error));
      tell({ kind: 'failed', code: 'internal', reason: asItIs(describeError(error)) });
      return;
    }
    const { code, message, sentence, port, url } = error;
    // That another window has the hub is how it should be.
    if (code === 'hub-runs') log.trace(message);
    else log.error(describeError(error));
    tell({ kind: 'failed', code, reason: sentence, port, url });
  }
}

function isOurs(data: unknown): data is WorkerOptions {
  return typeof data === 'object' && data !== null && 'agentrqHub' in data;
}

if (!isMainThread && isOurs(workerData)) {
  const options = workerData;
  survive(process, {
    log,
    now: systemClock.now,
    failed(what, error) {
      if (running === undefined) log.error(`${what}: ${describeError(error)}`);
      else running.hub.failed(what, error);
    },
    giveUp() {
      if (running === undefined) process.exit(1);
      running.close();
    },
  });
  parentPort?.on('message', ({ kind }: ToWorker) => kind === 'start' && void run(options));
  void run(options);
}
