import type { Machine } from '../../agents/config/connectAgent.ts';

/** A path as the person reads it: what is in the project begins with its name, what is in their home folder with `~`. */
export function shownPath(path: string, { userHome }: Pick<Machine, 'userHome'>, folder?: string): string {
  if (folder !== undefined && /^[\\/]/.test(path.slice(folder.length)) && path.startsWith(folder)) {
    return fileName(folder) + path.slice(folder.length);
  }
  const rest = path.slice(userHome.length);
  return path.startsWith(userHome) && /^[\\/]/.test(rest) ? `~${rest}` : path;
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
