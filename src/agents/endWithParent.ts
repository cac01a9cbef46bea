import { readFileSync } from 'node:fs';

/** How soon it is seen. Milliseconds. */
const checkMs = 500;

/** Programs that adopt what has lost its parent, and start no hook of an agent themselves. */
const adopters: ReadonlySet<string | undefined> = new Set(['init', 'systemd', 'launchd', 'tini', 'dumb-init', 'docker-init', 'catatonit']);

/**
 * Calls `end` once the program that has started this one is gone, which the system tells nobody; at once if it was gone before this one
 * could look. Where a shell stands between the two and outlives the program, it is that shell's parent (known on Linux; elsewhere shells
 * let what they start take their place).
 */
export function endWithParent(end: () => void): void {
  const parent = process.ppid;
  if (adopters.has(process.platform === 'darwin' && parent === 1 ? 'launchd' : readParent(parent)?.name)) {
    end();
    return;
  }
  const starter = parentOfShell(parent);
  const isThere = (): boolean =>
    process.ppid === parent &&
    (starter === undefined || parentOfShell(parent) === starter) &&
    (process.platform !== 'win32' || isAlive(parent));
  setInterval(() => {
    if (!isThere()) end();
  }, checkMs).unref();
}

/** The parent of a process that is a shell; `undefined` if it is none, or nobody says. */
function parentOfShell(pid: number): string | undefined {
  const found = readParent(pid);
  return found !== undefined && /^(?:ba|da|z|k|a)?sh$/.test(found.name) ? found.parent : undefined;
}

/** What Linux says of a process. */
function readParent(pid: number): { name: string; parent: string } | undefined {
  try {
    // The name of the program may have blanks and brackets in it.
    const [, name, parent] = /^\d+ \((.*)\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return name === undefined || parent === undefined ? undefined : { name, parent };
  } catch {
    return undefined;
  }
}

/** On Windows the number of the parent stays the same after its death. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
