import { type ChildProcess, spawnSync } from 'node:child_process';

/** Ends a child, its process group, and what came out of it and made a group of its own, as browsers and servers do. */
export function endTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  for (const each of [pid, ...descendants(pid)]) {
    kill(-each);
    kill(each);
  }
}

/** Ends what is left of the process group of a child that has ended. */
export function endGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) kill(-pid);
}

function descendants(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  // Without `ps` there is the group, which is most of it.
  const rows = (stdout ?? '')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    rows.flatMap(([child, itsParent]) => (itsParent === parent && child !== undefined ? [child, ...below(child)] : []));
  return below(pid);
}

function kill(target: number): void {
  try {
    process.kill(target, 'SIGKILL');
  } catch {
    // It has ended, or leads no group.
  }
}
