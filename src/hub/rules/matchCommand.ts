import type { ShellCommand } from './shellCommand.ts';
import { anything, isAssignment, live, type Word } from './word.ts';

/** Says that a rule with this pattern allows this command. */
export function matchCommand(pattern: ShellCommand, words: ShellCommand): boolean {
  const more = pattern.at(-1) === anything;
  const fixed = more ? pattern.slice(0, -1) : pattern;
  if (more ? words.length <= fixed.length : words.length !== fixed.length) return false;
  return fixed.every((one, index) => matchWord(one, words[index] ?? '')) && !words.slice(fixed.length).some((word) => isAssignment(word));
}

/** Pieces are looked for from left to right, once each: that is enough, as only their order counts. */
function matchWord(pattern: Word, word: Word): boolean {
  const [first = '', ...others] = pattern.split(anything);
  const last = others.pop();
  if (last === undefined) return word === pattern;
  if (!word.startsWith(first)) return false;
  const rest = word.slice(first.length);
  // What the shell still acts on, a glob or a home folder, is never among any characters.
  if (rest.includes(live)) return false;
  let at = 0;
  for (const piece of others) {
    const found = rest.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return rest.length - last.length >= at && rest.endsWith(last);
}
