import { readdirSync, readFileSync } from 'node:fs';

/**
 * How much memory the extension hosts take that see this value of `AGENTRQ_HOME`, in MB, with the hub's thread. On Linux only:
 * undefined elsewhere, and without such a process.
 */
export function extensionHostMemory(home: string): number | undefined {
  const sizes = ids().flatMap((id) => {
    try {
      const isHost = /extensionHost/.test(readFileSync(`/proc/${id}/cmdline`, 'utf8'));
      if (!isHost || !readFileSync(`/proc/${id}/environ`, 'utf8').includes(`AGENTRQ_HOME=${home}\0`)) return [];
      return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has ended, or is somebody else's.
      return [];
    }
  });
  return sizes.length === 0 ? undefined : Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024);
}

function ids(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
