import { Worker } from 'node:worker_threads';
import type { StartedHub, StartHub } from './client/hubLink.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './hub/workerMessages.ts';
import type { Logger } from './util/log.ts';

/** Only another version of the editor or of AgentRQ, or another folder, makes these good. */
const lasting: ReadonlySet<Extract<FromWorker, { kind: 'failed' }>['code']> = new Set([
  'sqlite-missing',
  'database-newer',
  'migration-failed',
]);

/** How long a hub may take to stop before its thread is ended. */
const stopMs = 3_000;

/**
 * Starts the hub's bundle in a thread of its own, so that another extension that blocks the host doesn't stall agents.
 * @param entry the path of `hub.cjs`
 */
export function startHubThread(deps: {
  entry: string;
  options: Omit<WorkerOptions, 'agentrqHub'>;
  /** Tells the person what became of damaged data. */
  warn: (notice: string) => void;
  log: Logger;
}): ReturnType<StartHub> {
  const { log, options } = deps;
  const workerData: WorkerOptions = { agentrqHub: true, ...options };
  return new Promise((resolve) => {
    const worker = new Worker(deps.entry, { workerData, name: 'agentrq-hub' });
    const ended = new Promise<void>((end) => worker.once('exit', () => end()));
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'log') log[message.level](message.line);
      if (message.kind === 'listening' && message.notice !== undefined) deps.warn(message.notice);
      if (message.kind === 'listening') resolve({ kind: 'listening', url: message.url, stop: () => stop(worker, ended), ended });
      if (message.kind === 'failed') {
        void worker.terminate();
        resolve(failure(message));
      }
    });
    worker.once('error', (error) => {
      log.error(`the hub's thread failed: ${error.stack ?? error.message}`);
      resolve({ kind: 'failed', reason: `The hub failed: ${error.message}`, lasting: false });
    });
    worker.once('exit', (code) => resolve({ kind: 'failed', reason: `The hub ended with ${code} before it listened.`, lasting: false }));
  });

  function failure({ code, message }: Extract<FromWorker, { kind: 'failed' }>): StartedHub {
    if (code === 'port-taken-by-hub') return { kind: 'elsewhere', url: `http://127.0.0.1:${options.port}` };
    return { kind: 'failed', reason: message, lasting: lasting.has(code) };
  }
}

async function stop(worker: Worker, ended: Promise<void>): Promise<void> {
  const close: ToWorker = { kind: 'close' };
  worker.postMessage(close);
  const timer = setTimeout(() => void worker.terminate(), stopMs);
  await ended;
  clearTimeout(timer);
}
