import { type BigIntStats, promises } from 'node:fs';
import { posix, win32 } from 'node:path';
import { isOnAnotherMachine, type Platform, systemPath } from '../../util/paths.ts';

/** How the folders of this machine are told apart. */
export interface Folders {
  platform: Platform;
  /** Where a path leads once all links are followed. Never fails. */
  realPath(path: string): Promise<string>;
  /**
   * What a folder is known by under any path: its device, its number there, and when it was made, because numbers are used again.
   * `undefined` if it can't be had.
   */
  markOf(path: string): Promise<string | undefined>;
  /** Whether there is certainly nothing at this path. */
  isGone(path: string): Promise<boolean>;
}

/**
 * The folders of a machine. Of what isn't there any more, such as a deleted worktree, the part that is there is followed. A path on another
 * machine is left as it is, because that machine may not answer.
 * @param follow the system's own way to follow links; fails if there is nothing
 */
export function foldersOf(platform: Platform, follow: (path: string) => Promise<string> = promises.realpath): Folders {
  const { dirname, basename, join } = platform === 'win32' ? win32 : posix;

  async function lead(path: string): Promise<string> {
    try {
      return await follow(path);
    } catch {
      const above = dirname(path);
      return above === path ? path : join(await lead(above), basename(path));
    }
  }

  async function lookAt(path: string): Promise<BigIntStats> {
    if (isOnAnotherMachine(path, platform)) throw new Error('it is on another machine');
    return promises.stat(systemPath(path, platform), { bigint: true });
  }

  return {
    platform,
    realPath: async (path) => (isOnAnotherMachine(path, platform) ? path : lead(systemPath(path, platform))),
    async markOf(path) {
      const stats = await lookAt(path).catch(() => undefined);
      if (stats?.isDirectory() !== true || stats.ino === 0n || stats.birthtimeNs === 0n) return undefined;
      return `${stats.dev} ${stats.ino} ${stats.birthtimeNs}`;
    },
    isGone: async (path) =>
      lookAt(path).then(
        () => false,
        (error: unknown) => error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'),
      ),
  };
}
