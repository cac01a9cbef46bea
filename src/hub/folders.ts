import { promises } from 'node:fs';
import { posix, win32 } from 'node:path';
import { isOnAnotherMachine, type Platform, systemPath } from '../util/paths.ts';

/** How the folders of this machine are told apart. */
export interface Folders {
  platform: Platform;
  /** Where a path leads once all links are followed. Never fails. */
  realPath(path: string): Promise<string>;
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

  return {
    platform,
    realPath: async (path) => (isOnAnotherMachine(path, platform) ? path : lead(systemPath(path, platform))),
  };
}
