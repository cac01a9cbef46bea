import { lstatSync, readFileSync } from 'node:fs';

/** What is at a place: nothing, a plain file or folder, or anything else, such as a symlink or what can't be looked at. */
export function kindOf(path: string): 'none' | 'file' | 'folder' | 'other' {
  try {
    const stats = lstatSync(path);
    if (stats.isFile()) return 'file';
    return stats.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    return isMissing(error) ? 'none' : 'other';
  }
}

/** The bytes of a plain file, none if there is no such file; `undefined` if it is something else or larger than `limit`. */
export function readSmall(path: string, limit: number): Buffer | undefined {
  const kind = kindOf(path);
  if (kind === 'none') return Buffer.alloc(0);
  if (kind !== 'file' || lstatSync(path).size > limit) return undefined;
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
