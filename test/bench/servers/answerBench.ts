import { existsSync, readdirSync } from 'node:fs';
import type { FromServer, ToServer, Usage } from './messages.ts';

/** Says that the server listens, answers what the bench asks, and calls `stop` when it is told to end or the bench has gone. */
export function answerBench(url: string, stop: () => Promise<void>, details?: Record<string, string>): void {
  if (process.send === undefined) return;
  const end = (): void => void stop().finally(() => process.exit(0));
  const tell = (message: FromServer): void => void process.send?.(message);
  process.on('message', (message: ToServer) => {
    switch (message.kind) {
      case 'measure':
        if (message.collect) collect();
        tell({ kind: 'usage', usage: readUsage() });
        return;
      case 'block':
        // As an extension that computes for seconds does, without taking the processor from what is measured.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, message.ms);
        return;
      case 'stop':
        end();
    }
  });
  process.once('disconnect', end);
  tell({ kind: 'listening', url, ...(details !== undefined && { details }) });
}

const descriptorFolder = '/proc/self/fd';

function readUsage(): Usage {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return {
    cpuMs: (user + system) / 1_000,
    rssBytes: rss,
    heapBytes: heapUsed,
    descriptors: existsSync(descriptorFolder) ? readdirSync(descriptorFolder).length : 0,
  };
}

/** Twice: what the first leaves to finalizers, the second takes. Needs `--expose-gc`. */
function collect(): void {
  globalThis.gc?.();
  globalThis.gc?.();
}
