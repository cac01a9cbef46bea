import { resolve } from 'node:path';
import type { World } from '../place/place.ts';
import { type ConfigEntry, readConfig } from './configFile.ts';
import { readSmall } from './smallFile.ts';

/** What the user's own configuration and that of the system have git start while it reads. */
export interface UserPrograms {
  /** Something that no repository has to ask for. */
  always: boolean;
  /** Filters, which attributes ask for: git-lfs, say. */
  filters: boolean;
  /** Where hooks are looked for, relative to the files of each repository, as written. */
  hookFolders: readonly string[];
}

const largest = 1_048_576;
const deepest = 5;

/** @returns `undefined` if one of the files can't be read for certain */
export function readUserPrograms({ home, env }: World): UserPrograms | undefined {
  const xdg = env['XDG_CONFIG_HOME'] ?? `${home}/.config`;
  const files = [
    '/etc/gitconfig',
    '/usr/local/etc/gitconfig',
    '/opt/homebrew/etc/gitconfig',
    '/Library/Developer/CommandLineTools/usr/share/git-core/gitconfig',
    `${xdg}/git/config`,
    `${home}/.gitconfig`,
  ];
  const entries: ConfigEntry[] = [];
  for (const file of files) {
    const read = readWithIncludes(file, home, deepest);
    if (read === undefined) return undefined;
    entries.push(...read);
  }
  return {
    always: entries.some(isStarted),
    filters: entries.some(({ section, key }) => section === 'filter' && ['clean', 'smudge', 'process'].includes(key)),
    hookFolders: entries.filter(({ section, key }) => section === 'core' && key === 'hookspath').map(({ value = '' }) => value),
  };
}

/** Conditions of an include aren't looked at: it counts in any case. */
function readWithIncludes(path: string, home: string, depth: number): ConfigEntry[] | undefined {
  const bytes = depth === 0 ? undefined : readSmall(path, largest);
  const entries = bytes === undefined ? undefined : readConfig(bytes.toString('utf8'));
  const all: ConfigEntry[] = [];
  for (const entry of entries ?? []) {
    const isInclude = ['include', 'includeif'].includes(entry.section) && entry.key === 'path';
    const included = isInclude ? readWithIncludes(resolve(path, '..', expandHome(entry.value ?? '', home)), home, depth - 1) : [entry];
    if (included === undefined) return undefined;
    all.push(...included);
  }
  return entries === undefined ? undefined : all;
}

export function expandHome(path: string, home: string): string {
  return path.startsWith('~/') ? home + path.slice(1) : path;
}

function isStarted({ section, subsection, key, value = 'true' }: ConfigEntry): boolean {
  const name = `${section}.${key}`;
  if (name === 'core.fsmonitor') return !/^(?:false|no|off|0)$/i.test(value);
  if (section === 'diff' && subsection !== '') return ['command', 'textconv'].includes(key);
  return ['diff.external', 'diff.submodule', 'log.showsignature', 'log.diffmerges', 'status.submodulesummary', 'core.worktree'].includes(
    name,
  );
}
