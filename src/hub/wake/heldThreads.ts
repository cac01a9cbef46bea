import { readdirSync, readlinkSync } from 'node:fs';
import { attempt } from '../../util/errors.ts';

/**
 * Whether a process has the file of this thread of Codex open: then it goes on with it when words are put into its queue. Nothing else
 * tells which threads a program that was started anew has taken up. Linux alone says; elsewhere none is held. A process may end, and a file
 * be closed, while they are looked at.
 */
export function holdsThread(pid: number, threadId: string): boolean {
  const folder = `/proc/${pid}/fd`;
  const opened = (name: string): string => attempt(() => readlinkSync(`${folder}/${name}`)) ?? '';
  return attempt(() => readdirSync(folder))?.some((name) => isFileOf(threadId, opened(name))) === true;
}

function isFileOf(threadId: string, path: string): boolean {
  return path.endsWith(`-${threadId}.jsonl`) && path.includes('/rollout-');
}
