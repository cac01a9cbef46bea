// Places in code, as agents write them into their texts: `src/a.ts:12`, `src/a.ts:12:3`, `C:\shop\a.ts:4`.

/** A place in a file; line and column count from 1. */
export interface CodePlace {
  file: string;
  line: number;
  column?: number;
}

const name = String.raw`(?:[A-Za-z]:[\\/]|\.{0,2}[\\/])?(?:[\w.@+-]+[\\/])*[\w.@+-]*\.[A-Za-z][\w]{0,9}`;
const places = new RegExp(String.raw`(?<![\w/\\.:@-])(${name}):([1-9]\d{0,6})(?::([1-9]\d{0,4}))?(?![\w:/\\])`, 'g');

/** Reads a place that is all of `text`; `undefined` if it isn't one. */
export function parsePlace(text: string): CodePlace | undefined {
  const [found] = splitPlaces(text);
  return found !== undefined && 'place' in found && found.text === text ? found.place : undefined;
}

/** `text` in pieces, in its order: those that are places, and what stands between them. Together they are `text`. */
export function splitPlaces(text: string): ({ text: string } | { text: string; place: CodePlace })[] {
  const pieces: ({ text: string } | { text: string; place: CodePlace })[] = [];
  let end = 0;
  // A line that long isn't prose, and looking through it would take its time.
  if (text.length > 10_000) return text === '' ? [] : [{ text }];
  for (const match of text.matchAll(places)) {
    const [whole, file = '', line = '', column] = match;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: whole, place: { file, line: Number(line), ...(column !== undefined && { column: Number(column) }) } });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}
