import type { Machine } from '../../agents/config/connectAgent.ts';
import { isInFolder } from '../../util/paths.ts';

/** A path for display: relative to the project with the project's name, or to the home folder with `~`. */
export function shownPath(path: string, { userHome, platform }: Pick<Machine, 'userHome' | 'platform'>, folder?: string): string {
  const below = (root: string): string | undefined =>
    /^[\\/]/.test(path.slice(root.length)) && isInFolder(root, path, platform) ? path.slice(root.length) : undefined;
  const inProject = folder === undefined ? undefined : below(folder);
  if (folder !== undefined && inProject !== undefined) return fileName(folder) + inProject;
  const inHome = below(userHome);
  return inHome === undefined ? path : `~${inHome}`;
}

/** The last segment of a path. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** The text with agents' tokens masked, because others may see the screen. */
export function hideTokens(text: string): string {
  return text.replaceAll(/\barq_[\w-]+/g, 'arq_…••••');
}
