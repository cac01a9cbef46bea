import type { Machine } from '../../agents/config/connectAgent.ts';
import { isInFolder } from '../../util/paths.ts';

/** A path as the person reads it: what is in the project begins with its name, what is in their home folder with `~`. */
export function shownPath(path: string, { userHome, platform }: Pick<Machine, 'userHome' | 'platform'>, folder?: string): string {
  const below = (root: string): string | undefined =>
    /^[\\/]/.test(path.slice(root.length)) && isInFolder(root, path, platform) ? path.slice(root.length) : undefined;
  const inProject = folder === undefined ? undefined : below(folder);
  if (folder !== undefined && inProject !== undefined) return fileName(folder) + inProject;
  const inHome = below(userHome);
  return inHome === undefined ? path : `~${inHome}`;
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
