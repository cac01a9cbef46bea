import { lstatSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { hookFolders } from './git/hookFolders.ts';
import type { RunFolder } from './place/place.ts';
import { isInFolder, realPathOf } from './place/realPath.ts';
import { isProtected } from './protectedPath.ts';

/** The path of a file in the workspace, as rules have it: with slashes, without symlinks. `undefined` if no rule may be about it. */
export function workspacePath(file: string, place: RunFolder, writes: boolean): string | undefined {
  const { root, folder } = place;
  if (/^~|[\0\\]/.test(file) && sep === '/') return undefined;
  const found = realPathOf(folder, file, 'bySystem');
  if (found === undefined || !isInFolder(root, found.real) || found.real === root) return undefined;
  const path = relative(root, found.real).split(sep).join('/');
  // Both names count: an editor may replace the link or what it leads to.
  if (isProtected(path) || isProtected(relativeName(root, found.path))) return undefined;
  if (!writes) return path;
  const isHook = hookFolders(place).some((hooks) => isInFolder(realPathOf(root, hooks, 'bySystem')?.real ?? hooks, found.real));
  return isHook || (!found.missing && hasOtherNames(found.real)) ? undefined : path;
}

/** The name as written, from the workspace on; of a path through a symlink to the workspace, what is behind the link. */
function relativeName(root: string, path: string): string {
  const segments: string[] = [];
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    if (realPathOf('/', at, 'byName')?.real === root) break;
    segments.unshift(at.slice(dirname(at).length).split(sep).join(''));
  }
  return segments.join('/');
}

/** What is written here would change a file elsewhere too. */
function hasOtherNames(path: string): boolean {
  try {
    return lstatSync(path).nlink > 1;
  } catch {
    return true;
  }
}

/** Says that a pattern such as `src/**` or `src/*.ts` fits a path: `*` within a name, `**` for any folders and names. */
export function matchPath(pattern: string, path: string): boolean {
  const source = pattern
    .split('/')
    .map((segment, index, all) => {
      if (segment === '**') return index === all.length - 1 ? '.+' : '(?:[^/]+/)*';
      return segment.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`).replaceAll(/\*+/g, '[^/]*') + (index === all.length - 1 ? '' : '/');
    })
    .join('');
  return new RegExp(`^${source}$`, 'su').test(path);
}
