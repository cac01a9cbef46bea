// Places in code, as agents and their tools write them into texts: `src/a.ts:12`, `src/a.ts:12:3: error`, `a.cs(12,5)`, `a.ts#L12`,
// `C:\shop\a.ts:4`. A link leads to the whole path that is written there, or there is none.

/** A place in a file; line and column count from 1. */
export interface CodePlace {
  file: string;
  line: number;
  column?: number;
}

/** A part of a text, with the place that it is, if it is one. */
export type Piece = { text: string } | { text: string; place: CodePlace };

// What follows a path: the last of the three wants a name that no call of a function has.
const position =
  /:([1-9]\d{0,6})(?::([1-9]\d{0,4}))?(?:-\d{1,7})?(?![\w/\\])|#L([1-9]\d{0,6})(?:C([1-9]\d{0,4}))?(?:-L?\d{1,7}(?:C\d{1,5})?)?(?!\w)|\(([1-9]\d{0,6})(?:, ?([1-9]\d{0,4}))?\)/g;
const plain = /[\p{L}\p{M}\p{N}\p{Pc}\p{Pd}\p{Emoji_Presentation}\u200D.@+~%&=!$^'/\\]/u;
const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const extension = /\.([A-Za-z]\w{0,9})$/;
const separator = /[/\\]/;

// What the names of hosts end with, and files don't.
const hostEnds: ReadonlySet<string> = new Set(
  'com org net io dev app ai co edu gov mil int info biz xyz cloud tech site online store shop blog example invalid test local localhost lan home internal intranet corp arpa onion eu us uk de fr es it nl be ch at pl se no fi dk ie pt gr cz hu ro ru ua tr il in cn jp kr tw hk sg au nz br mx ar ca za tv me gg'.split(
    ' ',
  ),
);

// A position in parentheses is believed of these alone: `list.push(3)` calls a function.
const sources: ReadonlySet<string> = new Set(
  'ts tsx mts cts js jsx mjs cjs vue svelte py rb go rs java kt kts scala c h cc cpp cxx hpp hh m mm cs fs vb fsx csproj fsproj vbproj props targets razor cshtml xaml php swift dart lua ex exs erl hs clj sql sh ps1 psm1 bat pas f90 html htm css scss less xml json jsonc yaml yml toml md proto gradle'.split(
    ' ',
  ),
);

/** Reads a place that is all of `text`; `undefined` if it isn't one. */
export function parsePlace(text: string): CodePlace | undefined {
  const [found] = splitPlaces(text);
  return found !== undefined && 'place' in found && found.text === text ? found.place : undefined;
}

/** `text` in pieces, in its order: those that are places, and what stands between them. Together they are `text`. */
export function splitPlaces(text: string): Piece[] {
  // A line that long isn't prose, and looking through it would take its time.
  if (text.length > 10_000) return [{ text }];
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(position)) {
    const [whole, line, column, hashLine, hashColumn, roundLine, roundColumn] = match;
    const ending = extension.exec(text.slice(Math.max(end, match.index - 12), match.index))?.[1]?.toLowerCase();
    if (ending === undefined || (roundLine !== undefined && !sources.has(ending))) continue;
    const from = startOfPath(text, end, match.index);
    const file = text.slice(from ?? match.index, match.index);
    if (from === undefined || (!separator.test(file) && hostEnds.has(ending))) continue;
    if (from > end) pieces.push({ text: text.slice(end, from) });
    const at = column ?? hashColumn ?? roundColumn;
    const place = { file, line: Number(line ?? hashLine ?? roundLine), ...(at !== undefined && { column: Number(at) }) };
    pieces.push({ text: file + whole, place });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** Where a path begins that ends at `end`; `undefined` if it is part of an address, or of nothing. */
function startOfPath(text: string, least: number, end: number): number | undefined {
  let from = startOfWord(text, least, end);
  // The folder before may have a blank in its name. So may several, if the path begins at a root.
  for (let words = 0, at = from; words < 4 && at > least + 1 && text[at - 1] === ' ' && text[at - 2] !== ' '; words += 1) {
    at = startOfWord(text, least, at - 1);
    const word = text.slice(at, text.indexOf(' ', at));
    if (at === end || word === '' || !/[\p{L}\p{M}\p{N}\p{Pc}\p{Pd})\]]$/u.test(word)) break;
    if (!separator.test(word)) {
      if (separator.test(text.slice(from, end))) continue;
      break;
    }
    const isRooted = /^(?:[/\\]|~[/\\])/.test(word) || isDrive(text, least, at);
    if ((words === 0 || isRooted) && !extension.test(word) && (isDrive(text, least, at) || !isAddress(text, at))) from = at;
    break;
  }
  if (isDrive(text, least, from)) return from - 2;
  return from === end || isAddress(text, from) ? undefined : from;
}

/** Whether the letter of a drive stands before a path. */
function isDrive(text: string, least: number, from: number): boolean {
  return (
    from - 2 >= least &&
    text[from - 1] === ':' &&
    /^[A-Za-z]$/.test(text[from - 2] ?? '') &&
    separator.test(text[from] ?? '') &&
    !/[\w:]/.test(text[from - 3] ?? ' ')
  );
}

/** Whether what stands before makes it the rest of something else: `https://host/a.ts`, `"…"a.ts`. */
function isAddress(text: string, from: number): boolean {
  return /[:#?]/.test(text[from - 1] ?? ' ') || text.startsWith('//', from);
}

/** Where the run of characters begins that names of files have; brackets only in pairs. */
function startOfWord(text: string, least: number, end: number): number {
  const open: string[] = [];
  let from = end;
  let closed = end;
  while (from > least) {
    const low = text.charCodeAt(from - 1);
    const size = low >= 0xdc00 && low <= 0xdfff && from - 2 >= least ? 2 : 1;
    const character = text.slice(from - size, from);
    const opener = openers[character];
    if (opener !== undefined) {
      if (open.length === 0) closed = from;
      open.push(opener);
    } else if (character === open.at(-1)) open.pop();
    else if (!plain.test(character)) break;
    from -= size;
  }
  return open.length > 0 ? closed : from;
}
