import { gitCommands } from '../git/commands.ts';
import type { ShellCommand } from '../shellCommand.ts';
import { find } from './find.ts';
import type { KnownCommand } from './knownCommand.ts';
import { listing } from './listing.ts';
import { reading } from './reading.ts';
import { saying } from './saying.ts';
import { searching } from './searching.ts';

/** Every command that is known to keep reading in the workspace. `cd` is followed instead (`followFolder.ts`). */
export const knownCommands: readonly KnownCommand[] = [...listing, ...reading, ...searching, find, ...saying, ...gitCommands];

const byName = new Map(knownCommands.map((command) => [command.name, command]));
const longest = 4;

/** The table of a command, by as many of its first words as it names, and the words behind these; `undefined` if it isn't known. */
export function findKnown(words: ShellCommand): { known: KnownCommand; rest: ShellCommand } | undefined {
  for (let length = Math.min(longest, words.length); length > 0; length -= 1) {
    const known = byName.get(words.slice(0, length).join(' '));
    if (known !== undefined && words.slice(0, length).every((word) => !word.includes(' '))) return { known, rest: words.slice(length) };
  }
  return undefined;
}
