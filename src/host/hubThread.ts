import { Worker } from 'node:worker_threads';
import type { StartedHub, StartHub } from '../client/hubLink.ts';
import type { FromWorker, ToWorker, WorkerOptions } from '../hub/workerMessages.ts';
import { type Disposable, toDisposable } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import { type Sentence, translatable } from '../util/sentence.ts';

/** Failures that a retry can't resolve: they need another version of the editor or of AgentRQ, or another home folder. */
const permanentFailures: ReadonlySet<Extract<FromWorker, { kind: 'failed' }>['code']> = new Set([
  'sqlite-missing',
  'database-newer',
  'migration-failed',
]);

/**
 * The size limit of V8's young generation, in MB (three semi-spaces). Without it V8 lets them grow to 100 MB and more and keeps them. With
 * it the hub is no slower, and a reader takes a quarter less memory.
 */
export const youngGenerationMb = 12;

/** How long a hub may take to stop, in milliseconds, before its thread is terminated. */
const stopMs = 3_000;

/** The thread of this window's hub. */
export interface HubThread extends Disposable {
  /**
   * Starts the hub's bundle in a thread of its own, so that another extension that blocks the extension host does not stall agents. If
   * another window runs the hub, the thread is kept with the bundle loaded, so that taking over takes milliseconds.
   */
  start: StartHub;
}

interface Thread {
  worker: Worker;
  /** The options that it was started with, as JSON. */
  options: string;
  ended: Promise<void>;
  settle: (started: StartedHub) => void;
}

/** @param deps.entry the path of `hub.cjs` */
export function createHubThread(deps: {
  entry: string;
  options: () => Omit<WorkerOptions, 'agentrqHub' | 'userToken'>;
  /** Tells the user what happened to damaged data. */
  warn: (notice: Sentence) => void;
  log: Logger;
}): HubThread {
  const { log } = deps;
  /** The loaded thread that waits until another window's hub ends. */
  let ready: Thread | undefined;

  function begin(data: WorkerOptions): Thread {
    const resourceLimits = { maxYoungGenerationSizeMb: youngGenerationMb };
    const worker = new Worker(deps.entry, { workerData: data, name: 'agentrq-hub', resourceLimits });
    const ended = new Promise<void>((end) => worker.once('exit', () => end()));
    const thread: Thread = { worker, options: JSON.stringify(data), ended, settle: () => {} };
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'log') log[message.level](message.line);
      if (message.kind === 'listening' && message.notice !== undefined) deps.warn(message.notice);
      if (message.kind === 'listening') thread.settle({ kind: 'listening', url: message.url, stop: () => stop(worker, ended), ended });
      if (message.kind === 'failed') fail(thread, message);
    });
    worker.once('error', (error) => {
      log.error(`the hub's thread failed: ${error.stack ?? error.message}`);
      thread.settle({ kind: 'failed', reason: translatable('The hub failed: {0}', error.message), permanent: false });
    });
    worker.once('exit', (code) => {
      if (ready === thread) ready = undefined;
      thread.settle({ kind: 'failed', reason: translatable('The hub ended with {0} before it listened.', code), permanent: false });
    });
    return thread;
  }

  function fail(thread: Thread, { code, reason, port, url }: Extract<FromWorker, { kind: 'failed' }>): void {
    if (url !== undefined) {
      thread.worker.unref();
      ready = thread;
      thread.settle({ kind: 'elsewhere', url });
      return;
    }
    void thread.worker.terminate();
    thread.settle({ kind: 'failed', reason, permanent: permanentFailures.has(code), code, port });
  }

  /** The waiting thread, if it was started with the same options. Otherwise it is terminated. */
  function takeReady(options: string): Thread | undefined {
    const thread = ready;
    ready = undefined;
    if (thread === undefined || thread.options === options) return thread;
    void thread.worker.terminate();
    return undefined;
  }

  return {
    start(userToken) {
      const data: WorkerOptions = { agentrqHub: true, ...deps.options(), userToken };
      const waiting = takeReady(JSON.stringify(data));
      const thread = waiting ?? begin(data);
      return new Promise((resolve) => {
        thread.settle = resolve;
        if (waiting === undefined) return;
        const again: ToWorker = { kind: 'start' };
        waiting.worker.ref();
        waiting.worker.postMessage(again);
      });
    },
    ...toDisposable(() => void ready?.worker.terminate()),
  };
}

async function stop(worker: Worker, ended: Promise<void>): Promise<void> {
  const close: ToWorker = { kind: 'close' };
  worker.postMessage(close);
  const timer = setTimeout(() => void worker.terminate(), stopMs);
  await ended;
  clearTimeout(timer);
}
