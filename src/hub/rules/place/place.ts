import { realpathSync, statSync } from 'node:fs';
import { isInFolder, realPathOf } from './realPath.ts';

/** What rules may know of this machine, besides the files of the workspace. */
export interface World {
  platform: NodeJS.Platform;
  /** The hub's own environment. That of an agent isn't known; both come from the same login as a rule. */
  env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder, where git's configuration of the user is. */
  home: string;
}

/** Where a command runs. */
export interface RunFolder {
  world: World;
  /** The workspace, without symlinks. */
  root: string;
  /** The folder as the shell calls it, for `cd ..`. */
  logical: string;
  /** The same without symlinks. */
  folder: string;
}

/** The place, if both folders are there and one is inside the other; otherwise `undefined`. */
export function placeIn(workspaceFolder: string, folder: string, world: World): RunFolder | undefined {
  try {
    const root = realpathSync.native(workspaceFolder);
    const real = realpathSync.native(folder);
    return isInFolder(root, real) && statSync(real).isDirectory() ? { world, root, logical: folder, folder: real } : undefined;
  } catch {
    return undefined;
  }
}

/** The place after `cd path`; `undefined` if that isn't certain or leads out of the workspace. */
export function enter(place: RunFolder, path: string): RunFolder | undefined {
  // A shell takes `..` off the name, the system off the folder: both have to mean the same.
  const byName = realPathOf(place.logical, path, 'byName');
  const bySystem = realPathOf(place.folder, path, 'bySystem');
  if (byName === undefined || byName.real !== bySystem?.real || byName.missing || bySystem.missing) return undefined;
  // `cd src` looks into these first.
  if (place.world.env['CDPATH'] !== undefined && !/^(?:\/|\.\.?(?:\/|$))/.test(path)) return undefined;
  return placeIn(place.root, byName.path, place.world);
}
