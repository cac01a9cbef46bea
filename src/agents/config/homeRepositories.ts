import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isInFolder } from '../../util/paths.ts';
import type { Machine } from './machine.ts';

// People keep their dotfiles in a repository whose work tree is the home folder: a bare one of their own, or one of yadm or vcsh. There
// is no `.git` by which git would find it from a file.
const parents = [
  [],
  ['.config'],
  ['.local', 'share'],
  ['.local', 'share', 'yadm'],
  ['.config', 'yadm'],
  ['.yadm'],
  ['.config', 'vcsh', 'repo.d'],
];

/** Whether one of these repositories has a file, or git doesn't say in time. */
export async function isKeptFromAfar({ git, env, userHome, platform }: Machine, file: string): Promise<boolean> {
  if (!isInFolder(userHome, file, platform)) return false;
  const found = parents.flatMap((names) => repositoriesIn(join(userHome, ...names)));
  const named = env['GIT_DIR'];
  for (const repository of named ? [...found, named] : found) {
    const args = ['--git-dir', repository, '--work-tree', userHome, 'ls-files', '--error-unmatch', '--', relative(userHome, file)];
    const code = await git(userHome, args);
    if (code === 0 || code === 'unanswered') return true;
  }
  return false;
}

function repositoriesIn(folder: string): string[] {
  return list(folder)
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => join(folder, name))
    .filter((path) => ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(path, name))));
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
