import { type GitView, gitView } from './git.ts';
import { isKeptFromAfar } from './homeRepositories.ts';
import type { Machine } from './machine.ts';

/**
 * Whether a token may stand in a file: never in one that git tracks or would track. A file of a project must be one that git surely
 * ignores; a file of the user may be where there is no repository, or no git. Both the path and what it leads to are asked about.
 */
export async function mayHoldToken(machine: Machine, scope: 'user' | 'project', paths: readonly string[]): Promise<boolean> {
  for (const path of new Set(paths)) {
    if (!fits(scope, await gitView(machine.git, path)) || (await isKeptFromAfar(machine, path))) return false;
  }
  return true;
}

function fits(scope: 'user' | 'project', view: GitView): boolean {
  if (scope === 'project') return view === 'ignored';
  return view === 'ignored' || view === 'no-repository' || view === 'unknown';
}
