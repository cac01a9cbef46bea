import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, posix, resolve, win32 } from 'node:path';

/**
 * The folder by which Claude Code knows a project, and keeps its servers: the root of the repository that a folder is in, also for its
 * worktrees, or else the folder itself. Links are followed.
 */
export function claudeProject(folder: string, platform: NodeJS.Platform): string {
  const path = platform === 'win32' ? win32 : posix;
  const start = realPath(folder);
  for (let current = start; ; current = path.dirname(current)) {
    const marker = lstatSync(path.join(current, '.git'), { throwIfNoEntry: false });
    if (marker?.isFile() === true) return mainRepository(current) ?? current;
    if (marker !== undefined) return current;
    if (path.dirname(current) === current) return start;
  }
}

/** The keys under which it looks for that folder. On Windows it takes the drive as the shell that started it wrote it. */
export function claudeKeys(folder: string, platform: NodeJS.Platform): string[] {
  const project = claudeProject(folder, platform);
  if (platform !== 'win32') return [project];
  const key = project.replaceAll('\\', '/');
  return /^[A-Za-z]:/.test(key)
    ? [key.replace(/^./, (drive) => drive.toUpperCase()), key.replace(/^./, (drive) => drive.toLowerCase())]
    : [key];
}

/** The repository that a worktree belongs to: its folder, or itself if it has none. `undefined` if this is no worktree. */
function mainRepository(worktree: string): string | undefined {
  const [, named] = /^gitdir: (.+)/.exec(read(join(worktree, '.git')) ?? '') ?? [];
  if (named === undefined) return undefined;
  const own = resolve(worktree, named);
  const common = read(join(own, 'commondir'));
  if (common === undefined) return undefined;
  const repository = realPath(resolve(own, common));
  return basename(repository) === '.git' ? dirname(repository) : repository;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
