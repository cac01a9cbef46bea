import { isDeepStrictEqual } from 'node:util';
import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import { translatable } from '../../util/sentence.ts';
import { ConfigError } from './configError.ts';
import type { Entry, Format, Insertion, PlacedEntry, Removal, Value } from './entry.ts';
import { applyCuts, type Cut, lineEndOf } from './textEdits.ts';
import { tomlTable } from './tomlText.ts';

/** TOML. An entry is a table of its own at the end of the text. */
export const tomlFormat: Format = { insert, remove, isEmpty: (text) => text.trim() === '', blank: '' };

type Table = { [key: string]: unknown };

function insert(text: string, entry: Entry, file: string): Insertion {
  const present = parseToml(text, file).value;
  if (at(present, entry.path) !== undefined) {
    throw new ConfigError(
      'taken',
      translatable(
        '{0} has a table [{1}] that AgentRQ didn’t write. Remove or rename it there, then try again.',
        file,
        entry.path.join('.'),
      ),
      { file },
    );
  }
  const lineEnd = lineEndOf(text);
  const before = text === '' ? '' : text.endsWith('\n') ? lineEnd : lineEnd + lineEnd;
  const block = tomlTable(entry.path, entry.value as { [key: string]: Value }, lineEnd);
  const piece = { at: text.length, text: before + block + lineEnd };
  const result = text + piece.text;
  const expected = structuredClone(present);
  put(expected, entry.path, entry.value);
  if (!isDeepStrictEqual(read(result), expected)) {
    throw new ConfigError(
      'unfit',
      translatable(
        '{0} can’t take a table [{1}] at its end, because {2} is not written as tables. Write it as tables, then try again.',
        file,
        entry.path.join('.'),
        entry.path[0] ?? '',
      ),
      { file },
    );
  }
  return { text: result, inserts: [piece], placed: { ...entry, depth: 0, before, after: lineEnd } };
}

function remove(text: string, entry: PlacedEntry, file: string): Removal {
  const { value, program } = parseToml(text, file);
  const present = at(value, entry.path);
  if (present === undefined) return { text, found: false };
  const nodes = program.body[0].body.filter((node) => node.type === 'TOMLTable' && startsWith(node.resolvedKey, entry.path));
  if (nodes.length === 0) {
    throw new ConfigError(
      'unfit',
      translatable(
        '{0} has [{1}], but no longer as a table of its own. Remove it there by hand, then try again.',
        file,
        entry.path.join('.'),
      ),
      { file },
    );
  }
  const cuts = nodes.map(({ range }): Cut => [range[0] - leadOf(text, range[0], entry.before), lineEndAfter(text, range[1])]);
  const shown = nodes.map(({ range: [from, to] }) => text.slice(from, to));
  const commented = program.comments.some(({ range }) => nodes.some((node) => node.range[0] < range[0] && range[0] < node.range[1]));
  const untouched = isDeepStrictEqual(present, entry.value) && !commented;
  const removal = { text: applyCuts(text, cuts), found: true };
  return untouched ? removal : { ...removal, changed: shown.join('\n') };
}

/** The length of what was put before the table, as far as it is still there. The line before keeps its end unless it had none. */
function leadOf(text: string, start: number, before: string): number {
  if (before !== '' && text.slice(0, start).endsWith(before)) return before.length;
  return 0;
}

/** The end of the line, if nothing but blanks is left of it. */
function lineEndAfter(text: string, end: number): number {
  return end + (/^[ \t]*(?:\r?\n|$)/.exec(text.slice(end))?.[0].length ?? 0);
}

/** Parses TOML. @throws ConfigError `unreadable` */
export function parseToml(text: string, file: string): { program: AST.TOMLProgram; value: Table } {
  try {
    const program = parseTOML(text);
    return { program, value: getStaticTOMLValue(program) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new ConfigError(
      'unreadable',
      translatable('{0} can’t be read: line {1}: {2}. Correct it there, then try again.', file, error.lineNumber, error.message),
      { file },
    );
  }
}

/** What a text says; `undefined` if it says nothing that is valid. */
function read(text: string): unknown {
  try {
    return getStaticTOMLValue(parseTOML(text));
  } catch {
    return undefined;
  }
}

function at(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) found = typeof found === 'object' && found !== null ? (found as Table)[key] : undefined;
  return found;
}

function put(table: Table, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) table[key] = value;
  else {
    table[key] ??= {};
    put(table[key] as Table, rest, value);
  }
}

function startsWith(key: readonly (string | number)[], path: readonly string[]): boolean {
  return path.every((part, index) => key[index] === part);
}
