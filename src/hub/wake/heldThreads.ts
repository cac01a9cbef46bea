import { readdirSync, readlinkSync } from 'node:fs';
import { attempt } from '../../util/errors.ts';

const rolloutPattern = /\/rollout-[^/]*-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.jsonl$/;

/**
 * The threads of Codex whose files a process has open: it goes on with one of them when words are put into its queue. Nothing else tells
 * which threads a program that was started anew has taken up. Linux alone says; elsewhere none is held. A process may end, and a file be
 * closed, while they are looked at.
 */
export function heldThreads(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  const names = attempt(() => readdirSync(folder)) ?? [];
  return names.flatMap((name) => rolloutPattern.exec(attempt(() => readlinkSync(`${folder}/${name}`)) ?? '')?.[1] ?? []);
}
