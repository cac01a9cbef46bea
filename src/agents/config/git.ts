import { type ExecFileException, execFile } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** Runs git with these arguments in a folder. Its exit code; `undefined` if it can't be run, `unanswered` if it was ended before it had one. */
export type Git = (folder: string, args: readonly string[]) => Promise<number | 'unanswered' | undefined>;

/** It takes some milliseconds. On a busy machine it can take seconds. */
const limitMs = 10_000;

/** The git of the machine. No shell is involved, and no setting of the repository starts a program. */
export const systemGit: Git = (folder, args) =>
  new Promise((resolve) => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
    execFile(
      'git',
      ['-c', 'core.fsmonitor=false', ...args],
      { cwd: folder, env: { ...env, GIT_OPTIONAL_LOCKS: '0' }, timeout: limitMs, windowsHide: true },
      (error) => resolve(error === null ? 0 : codeOf(error)),
    );
  });

function codeOf({ code }: ExecFileException): Awaited<ReturnType<Git>> {
  if (typeof code === 'number') return code;
  return typeof code === 'string' ? undefined : 'unanswered';
}

/** How git sees a file, whether or not the file is there. */
export type GitView = 'tracked' | 'ignored' | 'would-track' | 'no-repository' | 'unknown' | 'unanswered';

/** Asks git about a file. `unknown` if git can't say, or isn't there; `unanswered` if it takes too long, so that the next time it may say. */
export async function gitView(git: Git, file: string): Promise<GitView> {
  const folder = nearestFolder(dirname(file));
  const name = join(relative(folder, dirname(file)), basename(file));
  const inside = await git(folder, ['rev-parse', '--is-inside-work-tree']);
  if (typeof inside !== 'number') return unsaid(inside);
  if (inside !== 0) return hasRepositoryAbove(folder) ? 'unknown' : 'no-repository';
  const tracked = await git(folder, ['ls-files', '--error-unmatch', '--', name]);
  if (tracked === 0) return 'tracked';
  if (tracked !== 1) return unsaid(tracked);
  const ignored = await git(folder, ['check-ignore', '--quiet', '--', name]);
  if (ignored === 0) return 'ignored';
  return ignored === 1 ? 'would-track' : unsaid(ignored);
}

function unsaid(result: Awaited<ReturnType<Git>>): GitView {
  return result === 'unanswered' ? 'unanswered' : 'unknown';
}

function nearestFolder(folder: string): string {
  let current = folder;
  while (!isThere(current) && dirname(current) !== current) current = dirname(current);
  return current;
}

/** A repository that git refuses to look at, because it belongs to somebody else, for example. */
function hasRepositoryAbove(folder: string): boolean {
  for (let current = folder; ; current = dirname(current)) {
    if (isThere(join(current, '.git'))) return true;
    if (dirname(current) === current) return false;
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
