import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { RunFolder } from '../place/place.ts';
import { isInFolder } from '../place/realPath.ts';
import { kindOf, readSmall } from './smallFile.ts';

/** A repository with files that are checked out, found where a git that runs in the place finds it. */
export interface Repository {
  /** The top folder of its files. */
  top: string;
  /** What is this work tree's own: HEAD, the index. */
  gitFolder: string;
  /** What all its work trees share: config, hooks, objects. */
  common: string;
}

/**
 * The repository that a git in this place uses; `undefined` if there is none in the workspace, or one that isn't plain: a bare one, one
 * that is elsewhere, or a folder that only looks like one (a git that is run inside would obey its configuration).
 */
export function findRepository({ root, folder }: Pick<RunFolder, 'root' | 'folder'>): Repository | undefined {
  for (let top = folder; ; top = dirname(top)) {
    const dotGit = join(top, '.git');
    const kind = kindOf(dotGit);
    if (kind === 'folder') return isPlain(dotGit) ? { top, gitFolder: dotGit, common: dotGit } : undefined;
    if (kind === 'file') return linkedWorktree(top, dotGit, root);
    if (kind === 'other' || looksBare(top) || top === root) return undefined;
  }
}

/** Says that a git that is run here would take this folder, or one above it, for a bare repository. */
export function isInBareRepository({ root, folder }: Pick<RunFolder, 'root' | 'folder'>): boolean {
  for (let top = folder; kindOf(join(top, '.git')) === 'none'; top = dirname(top)) {
    if (looksBare(top)) return true;
    if (top === root) return false;
  }
  return false;
}

function looksBare(folder: string): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => kindOf(join(folder, name)) !== 'none');
}

/** Nothing in it leads elsewhere: no other folder for what is shared, no symlinks, no objects of others. */
function isPlain(gitFolder: string): boolean {
  return isShared(gitFolder) && kindOf(join(gitFolder, 'commondir')) === 'none' && isOwn(gitFolder);
}

function isOwn(gitFolder: string): boolean {
  return (
    kindOf(join(gitFolder, 'HEAD')) === 'file' && ['index', 'index.lock', 'config.worktree'].every((name) => isNoLink(gitFolder, name))
  );
}

function isShared(common: string): boolean {
  const folders = ['objects', 'refs'].every((name) => kindOf(join(common, name)) === 'folder');
  const files = ['config', 'config.worktree', 'packed-refs', 'info', 'hooks', 'logs', 'shallow', 'objects/info', 'objects/pack'].every(
    (name) => isNoLink(common, name),
  );
  return folders && files && kindOf(join(common, 'objects', 'info', 'alternates')) === 'none';
}

function isNoLink(folder: string, name: string): boolean {
  return kindOf(join(folder, name)) !== 'other';
}

/**
 * `git worktree add` leaves a file that names a folder below the repository's own, and a file there that names it in turn. Where
 * that is outside of the workspace, only the second file says that this work tree is really one of that repository.
 */
function linkedWorktree(top: string, dotGit: string, root: string): Repository | undefined {
  const gitFolder = realFolder(top, /^gitdir: ([^\r\n]+)\n?$/.exec(textOf(dotGit) ?? '')?.[1]);
  if (gitFolder === undefined) return undefined;
  const common = dirname(dirname(gitFolder));
  const back = textOf(join(gitFolder, 'gitdir'))?.replace(/\n$/, '');
  const isKnownThere = back !== undefined && resolve(gitFolder, back) === dotGit;
  const isWorktree =
    gitFolder === join(common, 'worktrees', gitFolder.slice(dirname(gitFolder).length + 1)) &&
    realFolder(gitFolder, textOf(join(gitFolder, 'commondir'))?.replace(/\n$/, '')) === common;
  if (!isWorktree || !(isKnownThere || isInFolder(root, common))) return undefined;
  return isOwn(gitFolder) && isShared(common) ? { top, gitFolder, common } : undefined;
}

function realFolder(base: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return realpathSync.native(resolve(base, path));
  } catch {
    return undefined;
  }
}

function textOf(path: string): string | undefined {
  return readSmall(path, 8_192)?.toString('utf8');
}
