import { Worker } from 'node:worker_threads';

/**
 * Starts the thread `name` (`check`), which keeps nobody from ending. Its program is a source beside this one, or a bundle beside the
 * hub's.
 */
export function startThread(name: 'check' | 'checkpoint', workerData: unknown): Worker {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'cjs';
  const thread = new Worker(new URL(`./${name}Thread.${ending}`, import.meta.url), { workerData, name: `agentrq-${name}` });
  thread.unref();
  return thread;
}
