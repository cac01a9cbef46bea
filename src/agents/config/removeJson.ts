import { isDeepStrictEqual } from 'node:util';
import type { Node } from 'jsonc-parser';
import { assertNever } from '../../util/errors.ts';
import type { PlacedEntry, Removal } from './entry.ts';
import { plain } from './insertJson.ts';
import { endOf, hasComment, memberOf, memberValue, parseJson, tokensBetween, valueOf } from './jsonTree.ts';
import { applyCuts, type Cut } from './textEdits.ts';

/**
 * Takes an entry out of a text of JSON, and with it what came along: containers that hold nothing else, its comma, its line. An entry
 * that somebody changed is taken out as well, and shown. @throws ConfigError `unreadable`
 */
export function removeJson(text: string, entry: PlacedEntry, file: string, mark: string): Removal {
  const root = parseJson(text, file);
  const own = findOwn(text, root, entry, mark);
  if (own === undefined) return { text, found: false };
  const { chain } = own;
  // Each link is a member or an element; the first that has no neighbours goes with all that it holds.
  let depth = chain.length - 1;
  while (depth > entry.depth && isAlone(text, chain[depth] as Node)) depth -= 1;
  const child = chain[depth] as Node;
  const cuts = cutsFor(text, child, depth === entry.depth ? entry : undefined);
  const removal = { text: applyCuts(text, cuts), found: true };
  return own.untouched ? removal : { ...removal, changed: text.slice(child.offset, endOf(child)) };
}

/** Whether a text holds no more than an object without members. */
export function isEmptyJson(text: string): boolean {
  return /^\s*\{\s*\}\s*$/.test(text);
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
  const value = plain(entry.value);
  switch (entry.kind) {
    case 'member':
      return { chain, untouched: isDeepStrictEqual(valueOf(node), value) };
    case 'needed': {
      const goes = isDeepStrictEqual(valueOf(node), value) && chain.at(-1)?.parent?.children?.length === 1;
      return goes ? { chain, untouched: true } : undefined;
    }
    case 'preset':
      return isDeepStrictEqual(valueOf(node), value) ? { chain, untouched: true } : undefined;
    case 'listed': {
      const same = node.children?.findLast((element) => element.value === value);
      return node.type === 'array' && same !== undefined ? { chain: [...chain, same], untouched: true } : undefined;
    }
    case 'element': {
      const elements = node.type === 'array' ? (node.children ?? []) : [];
      const same = elements.findLast((element) => isDeepStrictEqual(valueOf(element), value));
      if (same !== undefined) return { chain: [...chain, same], untouched: true };
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

function cutsFor(text: string, child: Node, placed: PlacedEntry | undefined): Cut[] {
  const container = child.parent as Node;
  const siblings = container.children as Node[];
  const index = siblings.indexOf(child);
  const previous = siblings[index - 1];
  const next = siblings[index + 1];
  const commaBetween = (from: number, to: number) => tokensBetween(text, from, to).find(({ kind }) => kind === 'comma');
  const commaAfter = commaBetween(endOf(child), next?.offset ?? endOf(container) - 1);
  const commaBefore = previous && commaBetween(endOf(previous), child.offset);
  const cuts: Cut[] = [];
  let end = endOf(child);
  if (commaAfter !== undefined) {
    if (text.slice(end, commaAfter.offset).trim() === '') end = commaAfter.end;
    else cuts.push([commaAfter.offset, commaAfter.end]);
  } else if (commaBefore !== undefined) cuts.push([commaBefore.offset, commaBefore.end]);
  const closing = placed !== undefined && placed.after.trim() === '' ? placed.after : '';
  if (previous === undefined && next === undefined && text.startsWith(closing, end)) end += closing.length;
  const last = tokensBetween(text, previous === undefined ? container.offset + 1 : endOf(previous), child.offset).at(-1);
  const afterLineComment = last !== undefined && text.startsWith('//', last.offset);
  cuts.push([startOfCut(text, child.offset, end, placed, afterLineComment), end]);
  return cuts;
}

/** From where on a child is cut: with the blanks before it and, if it began its line, with the end of the line before. */
function startOfCut(text: string, start: number, end: number, placed: PlacedEntry | undefined, afterLineComment: boolean): number {
  const lead = placed === undefined ? '' : placed.before.replace(',', '');
  let from = start - (/[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0);
  const lineEnd = /\r?\n$/.exec(text.slice(0, from))?.[0] ?? '';
  if (lineEnd !== '') {
    const endsLine = /^[ \t]*(?:\r?\n|$)/.test(text.slice(end));
    // What follows on the same line must not become part of a comment.
    if (endsLine || !afterLineComment) from -= lineEnd.length;
  }
  return lead !== '' && text.slice(0, start).endsWith(lead) ? Math.max(from, start - lead.length) : from;
}
