import { existsSync, readFileSync } from 'node:fs';

const limitsFile = '/proc/self/limits';
/** What a process needs besides its readers. */
const spare = 200;

/** How many readers a process of this session may have open: what `ulimit -Hn` says, since Node raises its own limit to that. */
export function maxReaders(): number {
  if (!existsSync(limitsFile)) return 5_000;
  const soft = /^Max open files\s+(\S+)/m.exec(readFileSync(limitsFile, 'utf8'))?.[1];
  return soft === undefined || soft === 'unlimited' ? Number.MAX_SAFE_INTEGER : Math.max(1, Number(soft) - spare);
}
