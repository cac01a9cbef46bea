import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RunFolder } from '../place/place.ts';
import { readConfig } from './configFile.ts';
import { readIndex } from './indexFile.ts';
import { findRepository, type Repository } from './repository.ts';
import { isHarmlessEntry } from './repositoryConfig.ts';
import { kindOf, readSmall } from './smallFile.ts';
import { expandHome, readUserPrograms, type UserPrograms } from './userConfig.ts';

const largestConfig = 262_144;
const largestIndex = 67_108_864;
const mostFolders = 20_000;

/** Variables of the environment that change nothing in what a reading git starts. */
const harmlessVariables =
  /^GIT_(?:ASKPASS|AUTHOR_\w+|COMMITTER_\w+|EDITOR|SEQUENCE_EDITOR|TERMINAL_PROMPT|OPTIONAL_LOCKS|SSL_\w+|HTTP_\w+|SSH|SSH_COMMAND|PAGER|PS1_\w+|MERGE_AUTOEDIT)$/;

/**
 * Says that a git that reads in this place starts no program: nothing that the repository says names one, and of the user's own nothing
 * that it could ask for. `looksAtFiles` if it reads what is checked out.
 */
export function isHarmlessRepository(place: RunFolder, looksAtFiles: boolean): boolean {
  const { world } = place;
  if (Object.keys(world.env).some((name) => name.startsWith('GIT_') && !harmlessVariables.test(name))) return false;
  const repository = findRepository(place);
  const user = readUserPrograms(world);
  if (repository === undefined || user === undefined || user.always) return false;
  const hookFolders = harmlessConfig(repository);
  if (hookFolders === undefined) return false;
  const folders = [
    join(repository.common, 'hooks'),
    ...[...hookFolders, ...user.hookFolders].map((path) => resolve(repository.top, expandHome(path, world.home))),
  ];
  return folders.every(hasNoReadingHook) && (!looksAtFiles || hasHarmlessFiles(repository, user));
}

/** Where its configuration has hooks, as written; `undefined` if something in it isn't known to be harmless. */
function harmlessConfig({ common, gitFolder }: Repository): string[] | undefined {
  const hookFolders: string[] = [];
  for (const path of [join(common, 'config'), join(common, 'config.worktree'), join(gitFolder, 'config.worktree')]) {
    const entries = readConfig(readSmall(path, largestConfig)?.toString('utf8') ?? '\0');
    if (entries === undefined || !entries.every(isHarmlessEntry)) return undefined;
    hookFolders.push(...entries.filter(({ section, key }) => section === 'core' && key === 'hookspath').map(({ value = '' }) => value));
  }
  return hookFolders;
}

/** Hooks that no reading command runs. Of those that are left, `post-index-change` is run by `git status`. */
const otherHooks = new Set(
  [
    'applypatch-msg pre-applypatch post-applypatch pre-commit pre-merge-commit prepare-commit-msg commit-msg post-commit pre-rebase',
    'post-checkout post-merge pre-push pre-receive update proc-receive post-receive post-update push-to-checkout pre-auto-gc post-rewrite',
    'sendemail-validate reference-transaction',
  ].flatMap((line) => line.split(' ')),
);

/** Names of hooks are words with dashes, and found by the whole name; others are files beside hooks, such as samples. */
function hasNoReadingHook(folder: string): boolean {
  if (kindOf(folder) === 'none') return true;
  try {
    const names = readdirSync(folder).map((name) => name.toLowerCase().replace(/\.exe$/, ''));
    return names.every((name) => otherHooks.has(name) || !/^[a-z\d]+(?:-[a-z\d]+)+$/.test(name));
  } catch {
    return false;
  }
}

/** No submodule, in which another git would be started, and no filter on any file. */
function hasHarmlessFiles(repository: Repository, user: UserPrograms): boolean {
  const bytes = readSmall(join(repository.gitFolder, 'index'), largestIndex);
  if (bytes === undefined) return false;
  if (bytes.length === 0) return !user.filters;
  const facts = readIndex(bytes);
  if (facts === undefined || facts.hasSubmodules) return false;
  if (!user.filters) return true;
  if (facts.folders.size > mostFolders) return false;
  const files = [
    join(repository.common, 'info', 'attributes'),
    ...[...facts.folders].map((folder) => join(repository.top, folder, '.gitattributes')),
  ];
  return files.every(saysNothingOfFilters);
}

function saysNothingOfFilters(path: string): boolean {
  return readSmall(path, largestConfig)?.includes('filter') === false;
}
