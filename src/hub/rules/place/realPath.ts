import { readlinkSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Says that `path` is `folder` or in it. Both are absolute and without symlinks. */
export function isInFolder(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A path as written, and where it leads. */
export interface RealPath {
  path: string;
  real: string;
  /** Nothing is there yet; `real` is where it would be made. */
  missing: boolean;
}

/**
 * Where `path` leads from `folder`, symlinks followed; `undefined` if that can't be said. `..` is taken off the folder that is there
 * (`bySystem`, as programs do), or off the name (`byName`, as `cd` does).
 */
export function realPathOf(folder: string, path: string, dots: 'bySystem' | 'byName'): RealPath | undefined {
  if (path.includes('\0')) return undefined;
  if (dots === 'byName') {
    const full = resolve(folder, path);
    const real = realOrUndefined(full);
    return real === undefined ? realOfMissing(full) : { path: full, real, missing: false };
  }
  const full = isAbsolute(path) ? path : `${folder}${sep}${path}`;
  const real = realOrUndefined(full);
  if (real !== undefined) return { path: resolve(folder, path), real, missing: false };
  // Behind a name that isn't there, `..` would be a guess.
  return /(?:^|\/)(?!\.{1,2}(?:\/|$))[^/]+\/+(?:.*\/)?\.\.(?:\/|$)/.test(path) ? undefined : realOfMissing(resolve(folder, path));
}

function realOrUndefined(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

/** The nearest folder that is there, and the rest below it. A symlink to nowhere is a place that can't be told. */
function realOfMissing(full: string): RealPath | undefined {
  for (let parent = dirname(full); ; parent = dirname(parent)) {
    const real = realOrUndefined(parent);
    if (real !== undefined) {
      const rest = relative(parent, full);
      return isDangling(join(real, rest.split(sep, 1)[0] ?? '')) ? undefined : { path: full, real: join(real, rest), missing: true };
    }
    if (parent === dirname(parent)) return undefined;
  }
}

function isDangling(path: string): boolean {
  try {
    readlinkSync(path);
    return true;
  } catch {
    return false;
  }
}
