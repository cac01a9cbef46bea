import { isDeepStrictEqual } from 'node:util';
import type { Node } from 'jsonc-parser';
import { assertNever } from '../../util/errors.ts';
import { type Sentence, translatable } from '../../util/sentence.ts';
import { ConfigError } from './configError.ts';
import type { Entry, Insert, Insertion, Value } from './entry.ts';
import { emptyObject, endOf, memberOf, memberValue, parseJson, tokensBetween, valueOf } from './jsonTree.ts';
import { applyInserts, indentAt, lineEndOf } from './textEdits.ts';

/** Puts an entry into a text of JSON, in the way that the text is written in. @throws ConfigError `unreadable`, `unfit`, `taken` */
export function insertJson(text: string, entry: Entry, file: string): Insertion {
  const root = parseJson(text, file);
  const place = findPlace(root, entry, file);
  if (place === undefined) return { text, inserts: [] };
  const { container, depth } = place;
  const value = wrap(entry, depth);
  const { inserts, before, after } = insertChild(text, root, container, entry.path[depth], value);
  const result = applyInserts(text, inserts);
  if (
    !isDeepStrictEqual(valueOf(parseJson(result, file)), valueWith(valueOf(root), entry.path.slice(0, depth), entry.path[depth], value))
  ) {
    throw new ConfigError(
      'unfit',
      translatable(
        '{0} is written in a way that AgentRQ can’t add to without changing more ({1}). Let an editor format it, then try again.',
        file,
        entry.path.join(' › '),
      ),
      { file },
    );
  }
  return { text: result, inserts, placed: { ...entry, depth, before, after } };
}

/** The innermost container of the path that is there, and how many keys lead to it. `undefined` if nothing is to be put in. */
function findPlace(root: Node, entry: Entry, file: string): { container: Node; depth: number } | undefined {
  const givesWay = entry.kind === 'preset' || entry.kind === 'listed';
  let node = root;
  for (const [depth, key] of entry.path.entries()) {
    if (node.type !== 'object') {
      if (givesWay) return undefined;
      throw unfit(file, entry.path.slice(0, depth), translatable('an object'));
    }
    const member = memberOf(node, key);
    if (member === undefined) return { container: node, depth };
    node = memberValue(member);
  }
  switch (entry.kind) {
    case 'element':
      if (node.type !== 'array') throw unfit(file, entry.path, translatable('a list'));
      return { container: node, depth: entry.path.length };
    case 'listed': {
      const isFree = node.type === 'array' && node.children?.every(({ value }) => value !== entry.value) === true;
      return isFree ? { container: node, depth: entry.path.length } : undefined;
    }
    case 'needed':
    case 'preset':
      return undefined;
    case 'member':
      throw new ConfigError(
        'taken',
        translatable(
          '{0} has an entry {1} that AgentRQ didn’t write. Remove or rename it there, then try again.',
          file,
          entry.path.join(' › '),
        ),
        { file },
      );
    default:
      return assertNever(entry.kind);
  }
}

function unfit(file: string, path: readonly string[], wanted: Sentence): ConfigError {
  const what = path.length === 0 ? translatable('What it holds') : path.join(' › ');
  return new ConfigError(
    'unfit',
    translatable('{0} can’t take an entry: {1} is not {2}. Correct it there, then try again.', file, what, wanted),
    { file },
  );
}

/** The entry with the containers around it that are missing. */
function wrap(entry: Entry, depth: number): Value {
  if (depth === entry.path.length) return entry.value;
  let value: Value = entry.kind === 'element' || entry.kind === 'listed' ? [entry.value] : entry.value;
  for (const key of entry.path.slice(depth + 1).toReversed()) value = { [key]: value };
  return value;
}

/** What a value becomes with a member, or without a key with an element, in the container at `path`. */
function valueWith(value: Value, path: readonly string[], key: string | undefined, added: Value): Value {
  if (Array.isArray(value)) return [...value, plain(added)];
  const object = plain(value) as { [key: string]: Value };
  const [first, ...rest] = path;
  if (first !== undefined) object[first] = valueWith(object[first] as Value, rest, key, added);
  else if (key !== undefined) object[key] = plain(added);
  return object;
}

/** The same value, of objects without a prototype. */
export function plain(value: Value): Value {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const object = emptyObject();
  for (const [key, member] of Object.entries(value)) object[key] = plain(member);
  return object;
}

interface Layout {
  /** Everything on one line, or a line for each member. */
  lines: boolean;
  /** Blanks between what stands on one line. */
  spaced: boolean;
  lineEnd: string;
  indent: string;
  unit: string;
}

function insertChild(
  text: string,
  root: Node,
  container: Node,
  key: string | undefined,
  value: Value,
): { inserts: Insert[]; before: string; after: string } {
  const layout = layoutOf(text, root, container);
  const child = (key === undefined ? '' : `${JSON.stringify(key)}:${layout.lines || layout.spaced ? ' ' : ''}`) + render(value, layout);
  const lead = layout.lines ? layout.lineEnd + layout.indent : '';
  const close = endOf(container) - 1;
  const last = container.children?.at(-1);
  const tokens = tokensBetween(text, last === undefined ? container.offset + 1 : endOf(last), close);
  const at = tokens.at(-1)?.end ?? (last === undefined ? container.offset + 1 : endOf(last));
  if (last === undefined) {
    const pad = layout.spaced && !layout.lines && at === close ? ' ' : '';
    const closing = layout.lines && !text.slice(at, close).includes('\n') ? layout.lineEnd + indentAt(text, container.offset) : pad;
    return one(at, lead + pad, child, closing);
  }
  const gap = layout.lines ? lead : layout.spaced ? ' ' : '';
  if (tokens.some(({ kind }) => kind === 'comma')) return one(at, gap, child, ',');
  if (at === endOf(last)) return one(at, `,${gap}`, child, '');
  // A comment follows the last member, and stays with it.
  return {
    inserts: [
      { at: endOf(last), text: ',' },
      { at: at + 1, text: gap + child },
    ],
    before: gap,
    after: '',
  };
}

function one(at: number, before: string, child: string, after: string): { inserts: Insert[]; before: string; after: string } {
  return { inserts: [{ at, text: before + child + after }], before, after };
}

function layoutOf(text: string, root: Node, container: Node): Layout {
  const own = text.slice(container.offset, endOf(container));
  const empty = (container.children?.length ?? 0) === 0;
  const inLines = text.trim().includes('\n');
  const last = container.children?.at(-1);
  const unit = unitOf(text, root);
  return {
    lines: own.includes('\n') || (empty && (inLines || container === root)),
    spaced: /"\s*:\s/.test(text),
    lineEnd: lineEndOf(text),
    indent: last !== undefined && startsLine(text, last.offset) ? indentAt(text, last.offset) : indentAt(text, container.offset) + unit,
    unit,
  };
}

/** What a level is indented by: as the first member of the root is, or two blanks. */
function unitOf(text: string, root: Node): string {
  const first = root.children?.[0];
  if (first === undefined || !startsLine(text, first.offset)) return '  ';
  const outer = indentAt(text, root.offset);
  return indentAt(text, first.offset).slice(outer.length) || '  ';
}

function startsLine(text: string, offset: number): boolean {
  return /(?:^|\n)[ \t]*$/.test(text.slice(text.lastIndexOf('\n', offset - 1), offset));
}

function render(value: Value, layout: Layout): string {
  if (layout.lines) return JSON.stringify(value, null, layout.unit).replaceAll('\n', layout.lineEnd + layout.indent);
  if (!layout.spaced) return JSON.stringify(value);
  return inline(value);
}

function inline(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${inline(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
