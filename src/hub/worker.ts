import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { defaultHome } from '../home/defaultHome.ts';
import { systemClock } from '../util/clock.ts';
import { describeError } from '../util/errors.ts';
import { createLogger } from '../util/log.ts';
import { startHub } from './hub.ts';
import { StartError } from './startError.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './workerMessages.ts';

// The hub's bundle. In a worker thread of the editor it starts a hub at once; on the command line it is a module like any other.

export { defaultHome } from '../home/defaultHome.ts';
export { startHub } from './hub.ts';
export { StartError } from './startError.ts';

async function run(options: WorkerOptions): Promise<void> {
  const tell = (message: FromWorker): void => parentPort?.postMessage(message);
  const log = createLogger((level, line) => tell({ kind: 'log', level, line }));
  try {
    const hub = await startHub({ ...options, home: options.home ?? defaultHome(), clock: systemClock, log });
    parentPort?.on('message', (message: ToWorker) => {
      if (message.kind !== 'close') return;
      hub
        .close()
        .catch((error: unknown) => log.error(describeError(error)))
        .finally(() => {
          tell({ kind: 'closed' });
          parentPort?.close();
        });
    });
    tell({ kind: 'listening', url: hub.url, hubId: hub.hubId });
  } catch (error) {
    const code = error instanceof StartError ? error.code : 'internal';
    // That another window has the hub is how it should be.
    if (code === 'port-taken-by-hub') log.trace(describeError(error));
    else log.error(describeError(error));
    tell({ kind: 'failed', code, message: error instanceof StartError ? error.message : describeError(error) });
  }
}

function isOurs(data: unknown): data is WorkerOptions {
  return typeof data === 'object' && data !== null && 'agentrqHub' in data;
}

if (!isMainThread && isOurs(workerData)) void run(workerData);
