import type { Node, ParseError } from 'jsonc-parser';
import { createScanner, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type Sentence, translatable } from '../../util/sentence.ts';
import { ConfigError } from './configError.ts';
import type { Value } from './entry.ts';
import { emptyTable } from './values.ts';

// The library's `SyntaxKind`, whose names can't be imported where types are only erased.
const comma = 5;
const lineComment = 12;
const blockComment = 13;
const endOfText = 17;

/** Parses JSON; comments and trailing commas are allowed, as most agents do. @throws ConfigError `unreadable` */
export function parseJson(text: string, file: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: false });
  const [error] = errors;
  if (error === undefined && root !== undefined) return root;
  const line = text.slice(0, error?.offset ?? 0).split('\n').length;
  const what =
    error === undefined ? translatable('it is empty') : (reasons[printParseErrorCode(error.error)] ?? translatable('it is not valid JSON'));
  throw new ConfigError(
    'unreadable',
    translatable('{0} can’t be read: line {1}: {2}. Correct it there, then try again.', file, line, what),
    {
      file,
    },
  );
}

const reasons: Readonly<Record<string, Sentence>> = {
  InvalidSymbol: translatable('a word stands where it can’t'),
  InvalidNumberFormat: translatable('a number is malformed'),
  PropertyNameExpected: translatable('the name of a member is missing'),
  ValueExpected: translatable('a value is missing'),
  ColonExpected: translatable('a colon is missing'),
  CommaExpected: translatable('a comma is missing'),
  CloseBraceExpected: translatable('a closing brace is missing'),
  CloseBracketExpected: translatable('a closing bracket is missing'),
  EndOfFileExpected: translatable('something follows after the end'),
  UnexpectedEndOfComment: translatable('a comment doesn’t end'),
  UnexpectedEndOfString: translatable('a string doesn’t end'),
  InvalidCharacter: translatable('a string has a character that must be escaped'),
};

/** Where a node ends. */
export function endOf(node: Node): number {
  return node.offset + node.length;
}

/** The members of an object that parsed. The last of those with one name counts, as it does for the programs that read the file. */
export function memberOf(node: Node, name: string): Node | undefined {
  return node.children?.findLast((member) => member.children?.[0]?.value === name);
}

/** The value of a member that parsed. */
export function memberValue(member: Node): Node {
  return member.children?.[1] as Node;
}

/** The value that a node stands for. Objects have no prototype, so any name is just a name. */
export function valueOf(node: Node): Value {
  if (node.type === 'array') return (node.children ?? []).map(valueOf);
  if (node.type !== 'object') return node.value as Value;
  const object = emptyTable();
  for (const member of node.children ?? []) object[String(member.children?.[0]?.value)] = valueOf(memberValue(member));
  return object;
}

/** A comma or a comment between two places. Blanks are passed over. */
export interface JsonToken {
  kind: 'comma' | 'comment';
  offset: number;
  end: number;
}

/** The commas and comments between two places with no value between them. */
export function tokensBetween(text: string, from: number, to: number): JsonToken[] {
  const scanner = createScanner(text.slice(from, to));
  const tokens: JsonToken[] = [];
  for (let kind: number = scanner.scan(); kind !== endOfText; kind = scanner.scan()) {
    const offset = from + scanner.getTokenOffset();
    const end = offset + scanner.getTokenLength();
    if (kind === comma) tokens.push({ kind: 'comma', offset, end });
    if (kind === lineComment || kind === blockComment) tokens.push({ kind: 'comment', offset, end });
  }
  return tokens;
}

/** Whether a text has a comment. */
export function hasComment(text: string): boolean {
  const scanner = createScanner(text);
  for (let kind: number = scanner.scan(); kind !== endOfText; kind = scanner.scan()) {
    if (kind === lineComment || kind === blockComment) return true;
  }
  return false;
}
