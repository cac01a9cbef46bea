import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { timestamp } from '../../util/clock.ts';
import type { Machine } from './machine.ts';

/** As many backups of one file are kept. */
const kept = 10;

/**
 * Keeps a copy of a file, for the user alone, in `backups` of AgentRQ's folder, and forgets the oldest ones of that file.
 * @returns where it is
 */
export async function backUp({ home, clock }: Pick<Machine, 'home' | 'clock'>, target: string, text: string): Promise<string> {
  const folder = join(home, 'backups');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const suffix = `-${createHash('sha256').update(target).digest('hex').slice(0, 8)}-${basename(target)}`;
  const stamp = timestamp(clock).replaceAll(/[:.]/g, '-');
  const taken = (await readdir(folder)).filter((name) => name.endsWith(suffix)).toSorted();
  // Those of one millisecond are told apart by a number.
  const last = taken.findLast((name) => name.startsWith(stamp))?.slice(stamp.length + 1, -suffix.length) ?? '-1';
  const copy = join(folder, `${stamp}-${String(Number(last) + 1).padStart(3, '0')}${suffix}`);
  await writeFile(copy, text, { mode: 0o600, flag: 'wx' });
  for (const name of taken.slice(0, Math.max(0, taken.length + 1 - kept))) await rm(join(folder, name), { force: true });
  return copy;
}
