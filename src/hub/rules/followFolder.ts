import { plainText } from './place/insidePath.ts';
import { enter, type RunFolder } from './place/place.ts';
import type { JoinedCommand } from './shellCommand.ts';

/** A command of a line, and the folders in which it may run: one, or several where that depends on what went before. */
export interface PlacedCommand {
  words: JoinedCommand['words'];
  /** `undefined`: it isn't known. */
  places: readonly RunFolder[] | undefined;
  /** Something before it may have changed what the shell runs, or led out of the workspace. */
  isLost: boolean;
  /** It is given what another command prints. */
  isFed: boolean;
  /** Another command is given what it prints. */
  feeds: boolean;
}

/** Commands of the shell itself after which nothing is certain: the folder, variables, what a name runs. `cd` is followed instead. */
const shellChangers = new Set(
  [
    '. source eval builtin exec pushd popd chdir export declare typeset local readonly set unset shopt setopt unsetopt alias unalias',
    'enable disable hash rehash read readarray mapfile let getopts trap ulimit umask zmodload autoload function emulate noglob nocorrect',
    'command time coproc',
  ].flatMap((line) => line.split(' ')),
);

/** Follows `cd` through a line. */
export function followFolder(line: readonly JoinedCommand[], start: readonly RunFolder[] | undefined): PlacedCommand[] {
  const placed: PlacedCommand[] = [];
  let places = start;
  /** Every folder so far: behind `;` and `||` each of them is possible, as any part may not have run. */
  let seen = start;
  let hasOr = false;
  let isLost = false;
  for (const [index, { joint, words }] of line.entries()) {
    hasOr = joint === '||' || (hasOr && joint !== ';');
    if (joint === ';' || joint === '||') places = seen;
    const isFed = joint === '|';
    const feeds = line[index + 1]?.joint === '|';
    placed.push({ words, places, isLost, isFed, feeds });
    if (words[0] === 'cd') {
      // In a pipe, some shells do it for themselves and some for the rest of the line.
      const entered = isFed || feeds ? undefined : enterAll(places, words);
      places = hasOr ? union(places, entered) : entered;
      seen = union(seen, entered);
      isLost ||= entered === undefined;
    } else if (shellChangers.has(words[0] ?? '') && !(words[0] === 'command' && words[1] === '-v')) {
      places = undefined;
      seen = undefined;
      isLost = true;
    }
  }
  return placed;
}

/** Where `cd path` leads from each of them. */
function enterAll(places: readonly RunFolder[] | undefined, [, word, ...more]: JoinedCommand['words']): RunFolder[] | undefined {
  const path = word === undefined || more.length > 0 ? undefined : plainText(word);
  if (places === undefined || path === undefined || path === '' || /^[-+=]/.test(path)) return undefined;
  const entered = places.map((place) => enter(place, path));
  return entered.every((place) => place !== undefined) ? entered : undefined;
}

function union(some: readonly RunFolder[] | undefined, others: readonly RunFolder[] | undefined): readonly RunFolder[] | undefined {
  if (some === undefined || others === undefined) return undefined;
  return [...new Map([...some, ...others].map((place) => [`${place.logical}\0${place.folder}`, place])).values()];
}
