import { applyEdits, type Edit, format, modify, type Node } from 'jsonc-parser';
import { assertNever } from '../../util/errors.ts';
import { translatable } from '../../util/sentence.ts';
import type { Entry, Format, PlacedEntry, Removal } from './entry.ts';
import { endOf, hasComment, memberOf, memberValue, parseJson, tokensBetween, valueOf } from './jsonTree.ts';
import { isInList, isSameValue } from './values.ts';

/** JSON with comments. */
export const jsonFormat: Format = {
  read: (text, file) => valueOf(parseJson(text, file)),
  insert,
  remove,
  isEmpty: (text) => /^\s*\{\s*\}\s*$/.test(text),
  noRoom: (file, path) =>
    translatable(
      '{0} is written in a way that AgentRQ can’t add to without changing more ({1}). Let an editor format it, then try again.',
      file,
      path.join(' › '),
    ),
  blank: '{}\n',
};

/** Behind what is there, in the way that the text is written in: lines are formatted only where there are some, and only ours. */
function insert(text: string, entry: Entry, file: string): string {
  const { path, value } = entry;
  const root = parseJson(text, file);
  const { container, depth } = innermost(root, path);
  const inner = text.slice(container.offset, endOf(container));
  const [edit] = modify(inner, isInList(entry) ? [...path.slice(depth), -1] : path.slice(depth), value, {});
  const child = (edit?.content ?? '').replace(/^,/, '');
  const last = container.children?.at(-1);
  const from = last === undefined ? container.offset + 1 : endOf(last);
  const tokens = tokensBetween(text, from, endOf(container) - 1);
  // A comment stays with what it stands behind.
  const at = tokens.at(-1)?.end ?? from;
  const newLine = text.startsWith('//', tokens.at(-1)?.offset) ? lineEndOf(text) : '';
  const isComma = tokens.some((token) => token.kind === 'comma');
  const comma = last === undefined || isComma ? '' : ',';
  const added = newLine + child + (isComma ? ',' : '');
  const result = applyEdits(text, [
    { offset: from, length: 0, content: comma },
    { offset: at, length: 0, content: added },
  ]);
  const isInLines = inner.includes('\n') || (last === undefined && (container === root || text.trim().includes('\n')));
  if (!isInLines) return result;
  // Up to the closing bracket, so that no range ends between CR and LF.
  const offset = at + comma.length - 1;
  const range = { offset, length: endOf(container) + comma.length + added.length - offset };
  return applyEdits(result, format(result, range, { ...indentOf(text, root), eol: lineEndOf(text) }));
}

/** The innermost container on a path, and how many keys lead to it. Of two members with one name the last counts. */
function innermost(root: Node, path: readonly string[]): { container: Node; depth: number } {
  let container = root;
  for (const [depth, key] of path.entries()) {
    const member = memberOf(container, key);
    if (member === undefined) return { container, depth };
    container = memberValue(member);
  }
  return { container, depth: path.length };
}

/** What a level is indented by: as the first member of the root is, or two blanks. */
function indentOf(text: string, root: Node): { insertSpaces: boolean; tabSize: number } {
  const blanks = /\n([ \t]+)$/.exec(text.slice(root.offset, root.children?.[0]?.offset ?? root.offset))?.[1] ?? '  ';
  return blanks.startsWith('\t') ? { insertSpaces: false, tabSize: 4 } : { insertSpaces: true, tabSize: blanks.length };
}

/** What ends the lines of a text: that of its first line. */
function lineEndOf(text: string): '\r\n' | '\n' {
  return /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
}

/** With the entry go containers that came with it and hold nothing else. One that somebody changed goes as well, and is shown. */
function remove(text: string, entry: PlacedEntry, file: string, mark: string): Removal {
  const own = findOwn(text, parseJson(text, file), entry, mark);
  if (own === undefined) return { text };
  const { chain } = own;
  let depth = chain.length - 1;
  while (depth > entry.depth && isAlone(text, chain[depth] as Node)) depth -= 1;
  const child = chain[depth] as Node;
  const removal = { text: applyEdits(text, cutsOf(text, child)) };
  return own.untouched ? removal : { ...removal, changed: text.slice(child.offset, endOf(child)) };
}

/** The members that lead to our entry, the entry last. */
function findOwn(text: string, root: Node, entry: PlacedEntry, mark: string): { chain: Node[]; untouched: boolean } | undefined {
  const chain: Node[] = [];
  let node = root;
  for (const key of entry.path) {
    const member = node.type === 'object' ? memberOf(node, key) : undefined;
    if (member === undefined) return undefined;
    chain.push(member);
    node = memberValue(member);
  }
  const isOurs = (one: Node): boolean => isSameValue(valueOf(one), entry.value);
  switch (entry.kind) {
    case 'member':
      return { chain, untouched: isOurs(node) };
    case 'needed':
      return isOurs(node) && chain.at(-1)?.parent?.children?.length === 1 ? { chain, untouched: true } : undefined;
    case 'preset':
      return isOurs(node) ? { chain, untouched: true } : undefined;
    case 'listed':
    case 'element': {
      const elements = node.type === 'array' ? (node.children ?? []) : [];
      const same = elements.findLast(isOurs);
      if (same !== undefined) return { chain: [...chain, same], untouched: true };
      if (entry.kind === 'listed') return undefined;
      const like = elements.findLast((element) => text.slice(element.offset, endOf(element)).includes(mark));
      return like === undefined ? undefined : { chain: [...chain, like], untouched: false };
    }
    default:
      return assertNever(entry.kind);
  }
}

/** Whether the container of a node would be empty without it, also of comments. */
function isAlone(text: string, node: Node): boolean {
  const container = node.parent;
  if (container?.children?.length !== 1) return false;
  return !hasComment(text.slice(container.offset, node.offset)) && !hasComment(text.slice(endOf(node), endOf(container)));
}

/**
 * A child, one comma and the line that was its own. (`modify` takes out what stands between the child and its neighbours too, comments
 * of others, and leaves commas that end nothing.)
 */
function cutsOf(text: string, child: Node): Edit[] {
  const container = child.parent as Node;
  const siblings = container.children as Node[];
  const index = siblings.indexOf(child);
  const previous = siblings[index - 1];
  const commaIn = (from: number, to: number) => tokensBetween(text, from, to).find(({ kind }) => kind === 'comma');
  const after = commaIn(endOf(child), siblings[index + 1]?.offset ?? endOf(container) - 1);
  const comma = after ?? (previous && commaIn(endOf(previous), child.offset));
  const isNext = after !== undefined && text.slice(endOf(child), after.offset).trim() === '';
  let from = child.offset - (/[ \t]*$/.exec(text.slice(0, child.offset))?.[0].length ?? 0);
  let to = isNext ? after.end : endOf(child);
  const lineEnd = /\r?\n$/.exec(text.slice(0, from))?.[0].length ?? 0;
  const isLineDone = /^[ \t]*(?:\r?\n|$)/.test(text.slice(to));
  if (lineEnd > 0 && isLineDone) from -= lineEnd;
  else if (lineEnd > 0 || previous === undefined) {
    from = child.offset;
    to += /^[ \t]*/.exec(text.slice(to))?.[0].length ?? 0;
  }
  const cuts = [{ offset: from, length: to - from, content: '' }];
  if (comma !== undefined && !isNext) cuts.push({ offset: comma.offset, length: 1, content: '' });
  const left = applyEdits(text, cuts).slice(container.offset);
  // What held only ours is as empty as can be.
  return siblings.length === 1 && /^.\s*[\]}]/.test(left) ? [{ ...innerOf(container), content: '' }] : cuts;
}

function innerOf(container: Node): { offset: number; length: number } {
  return { offset: container.offset + 1, length: container.length - 2 };
}
