import { gitCommands } from './git/commands.ts';
import { takeGlobalOptions } from './git/globalOptions.ts';
import { isHarmlessRepository } from './git/isHarmlessRepository.ts';
import { acceptOperands } from './known/acceptOperands.ts';
import { findKnown } from './known/findKnown.ts';
import type { KnownCommand } from './known/knownCommand.ts';
import { readOptions } from './known/readOptions.ts';
import { plainText } from './place/insidePath.ts';
import type { RunFolder } from './place/place.ts';
import type { ShellCommand } from './shellCommand.ts';
import { isAssignment } from './word.ts';

/** Where the output of a command goes: on a terminal, git starts a pager. */
export type Output = 'pipe' | 'terminal';

/**
 * The name under which a command is known, if all that it does is reading in the workspace, whatever files are there; otherwise
 * `undefined`. It is looked at as things are now: what is put in the place of a file or a folder between this look and the reading
 * isn't seen.
 */
export function keepsReading(command: ShellCommand, place: RunFolder, output: Output): string | undefined {
  // A variable can change what any program does.
  if (command.some(isAssignment)) return undefined;
  return command[0] === 'git' ? gitKeepsReading(command, place, output) : nameIfHarmless(command, place);
}

function gitKeepsReading(command: ShellCommand, place: RunFolder, output: Output): string | undefined {
  const bare = takeGlobalOptions(command, place);
  const known = bare === undefined ? undefined : gitCommands.find(({ name }) => name === findKnown(bare.words)?.known.name);
  if (bare === undefined || known === undefined || (output === 'terminal' && !bare.noPager)) return undefined;
  if (nameIfHarmless(bare.words, bare.place) === undefined) return undefined;
  return known.name === 'git version' || isHarmlessRepository(bare.place, known.looksAtFiles === true) ? known.name : undefined;
}

function nameIfHarmless(command: ShellCommand, place: RunFolder): string | undefined {
  const found = findKnown(command);
  return found !== undefined && isHarmless(found.known, found.rest, place) ? found.known.name : undefined;
}

function isHarmless(known: KnownCommand, words: ShellCommand, place: RunFolder): boolean {
  if (!known.on.includes(place.world.platform)) return false;
  if (known.operands.kind === 'expression') return known.operands.accepts(words, place);
  if (known.operands.kind === 'anyWords') return words.every((word) => plainText(word) !== undefined);
  const read = readOptions(known, words, place);
  return read !== undefined && acceptOperands(known.operands, read, place) && known.accepts?.(read, place) !== false;
}
