import { plainText } from '../place/insidePath.ts';
import { enter, type RunFolder } from '../place/place.ts';
import type { ShellCommand } from '../shellCommand.ts';

/** A command of git without what stands before it, where it runs, and whether it was told to start no pager. */
export interface BareGit {
  words: ShellCommand;
  place: RunFolder;
  noPager: boolean;
}

const harmless = new Set(['--no-optional-locks', '--literal-pathspecs', '--no-replace-objects', '--icase-pathspecs']);

/** Takes `-C folder`, `--no-pager` and the like off; `undefined` for anything else there, such as `-c`, `--git-dir` or `--exec-path`. */
export function takeGlobalOptions([git = '', ...words]: ShellCommand, place: RunFolder): BareGit | undefined {
  let at = place;
  let noPager = false;
  let index = 0;
  for (; words[index]?.startsWith('-'); index += 1) {
    const word = words[index] ?? '';
    if (word === '-C') {
      index += 1;
      const path = plainText(words[index] ?? '');
      const entered = path === undefined || path === '' ? undefined : enter({ ...at, logical: at.folder }, path);
      if (entered === undefined) return undefined;
      at = entered;
    } else if (word === '--no-pager' || word === '-P') noPager = true;
    else if (!harmless.has(word))
      return word === '--version' ? { words: [git, 'version', ...words.slice(index + 1)], place: at, noPager } : undefined;
  }
  return { words: [git, ...words.slice(index)], place: at, noPager };
}
