import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import { translatable } from '../../util/sentence.ts';
import { ConfigError } from './configError.ts';
import type { Entry, Format, PlacedEntry, Removal, Value } from './entry.ts';
import { tomlTable } from './tomlText.ts';
import { isSameValue, valueAt } from './values.ts';

/** TOML. An entry is a table of its own at the end of the text. */
export const tomlFormat: Format = {
  read: (text, file) => parseToml(text, file).value,
  insert,
  remove,
  isEmpty: (text) => text.trim() === '',
  noRoom: (file, path) =>
    translatable(
      '{0} can’t take a table [{1}] at its end, because {2} is not written as tables. Write it as tables, then try again.',
      file,
      path.join('.'),
      path[0] ?? '',
    ),
  blank: '',
};

function insert(text: string, { path, value }: Entry): string {
  const lineEnd = /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
  const before = text === '' ? '' : text.endsWith('\n') ? lineEnd : lineEnd + lineEnd;
  return text + before + tomlTable(path, value as { [key: string]: Value }, lineEnd) + lineEnd;
}

function remove(text: string, { path, value: ours }: PlacedEntry, file: string): Removal {
  const { value, program } = parseToml(text, file);
  const present = valueAt(value, path);
  if (present === undefined) return { text };
  const nodes = partsOf(program, path);
  if (nodes.length === 0) {
    throw new ConfigError(
      'unfit',
      translatable('{0} has [{1}], but no longer as a table of its own. Remove it there by hand, then try again.', file, path.join('.')),
      { file },
    );
  }
  const ranges = nodes.map(({ range: [from, to] }) => ({ from: startOfLine(text, from), to: endOfLine(text, to) }));
  const left = ranges.reduceRight((result, { from, to }) => result.slice(0, from) + result.slice(to), text);
  const isCommented = program.comments.some(({ range: [at] }) => ranges.some(({ from, to }) => from <= at && at < to));
  if (isSameValue(present, ours) && !isCommented) return { text: left };
  return { text: left, changed: nodes.map(({ range: [from, to] }) => text.slice(from, to)).join('\n') };
}

/** The tables and the members that make up what is at a path, in their order. */
function partsOf(program: AST.TOMLProgram, path: readonly string[]): (AST.TOMLTable | AST.TOMLKeyValue)[] {
  const isWithin = (key: readonly (string | number)[]): boolean => path.every((part, index) => key[index] === part);
  const keyOf = ({ key }: AST.TOMLKeyValue): string[] => key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));
  return program.body[0].body.flatMap((node): (AST.TOMLTable | AST.TOMLKeyValue)[] => {
    if (node.type === 'TOMLKeyValue') return isWithin(keyOf(node)) ? [node] : [];
    if (isWithin(node.resolvedKey)) return [node];
    return node.body.filter((member) => isWithin([...node.resolvedKey, ...keyOf(member)]));
  });
}

/** Where the line of a place begins, or the blank line before it. */
function startOfLine(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return start - (/(?<=^|\n)[ \t]*\r?\n$/.exec(text.slice(0, start))?.[0].length ?? 0);
}

/** The end of the line, with what ends it: behind a value only a comment can follow. */
function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

/** Parses TOML. @throws ConfigError `unreadable` */
function parseToml(text: string, file: string): { program: AST.TOMLProgram; value: { [key: string]: Value } } {
  try {
    const program = parseTOML(text);
    return { program, value: getStaticTOMLValue(program) as { [key: string]: Value } };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new ConfigError(
      'unreadable',
      translatable('{0} can’t be read: line {1}: {2}. Correct it there, then try again.', file, error.lineNumber, error.message),
      { file },
    );
  }
}
