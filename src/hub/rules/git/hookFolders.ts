import { join, resolve } from 'node:path';
import type { RunFolder } from '../place/place.ts';
import { readConfig } from './configFile.ts';
import { findRepository } from './repository.ts';
import { readSmall } from './smallFile.ts';
import { expandHome, readUserPrograms } from './userConfig.ts';

/** Where the configuration of the workspace's repository, and the user's, have hooks: what is written there is run by git. */
export function hookFolders({ root, world }: RunFolder): readonly string[] {
  const repository = findRepository({ root, folder: root });
  if (repository === undefined) return [];
  const entries = readConfig(readSmall(join(repository.common, 'config'), 262_144)?.toString('utf8') ?? '') ?? [];
  const own = entries.filter(({ section, key }) => section === 'core' && key === 'hookspath').map(({ value = '' }) => value);
  return [...own, ...(readUserPrograms(world)?.hookFolders ?? [])].map((path) => resolve(repository.top, expandHome(path, world.home)));
}
