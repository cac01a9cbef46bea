import type { Insert } from './entry.ts';

/** What ends the lines of a text: that of its first line. */
export function lineEndOf(text: string): '\r\n' | '\n' {
  return /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
}

/** The blanks that the line of `offset` begins with. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

/** Puts pieces into a text, one after the other: each place counts what the earlier ones brought. */
export function applyInserts(text: string, inserts: readonly Insert[]): string {
  let result = text;
  for (const { at, text: piece } of inserts) result = result.slice(0, at) + piece + result.slice(at);
  return result;
}

/** Takes the same pieces out again. `undefined` if one of them isn't where it was put. */
export function revertInserts(text: string, inserts: readonly Insert[]): string | undefined {
  let result = text;
  for (const { at, text: piece } of inserts.toReversed()) {
    if (!result.startsWith(piece, at)) return undefined;
    result = result.slice(0, at) + result.slice(at + piece.length);
  }
  return result;
}

/** From where, and up to where. */
export type Cut = readonly [from: number, to: number];

/** Takes ranges out of a text; they may touch and overlap. */
export function applyCuts(text: string, cuts: readonly Cut[]): string {
  let result = '';
  let kept = 0;
  for (const [from, to] of cuts.toSorted((a, b) => a[0] - b[0])) {
    if (from > kept) result += text.slice(kept, from);
    kept = Math.max(kept, to);
  }
  return result + text.slice(kept);
}
