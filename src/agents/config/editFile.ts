import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { type Entry, insertSchema, type PlacedEntry, placedEntrySchema } from './entry.ts';
import { formats } from './formats.ts';
import { applyInserts, revertInserts } from './textEdits.ts';

/** What we put into a file, so that it can be taken out again. */
export const placedInFileSchema = z.object({
  format: z.enum(['json', 'toml']),
  /** The text before, if it was empty or of blanks; `null` if there was no file. Absent if it had something in it. */
  base: z.optional(z.nullable(z.string())),
  inserts: z.array(insertSchema),
  /** The digest of the text that it made. */
  digest: z.string(),
  entries: z.array(placedEntrySchema),
});

export type PlacedInFile = z.infer<typeof placedInFileSchema>;

const byteOrderMark = '\uFEFF';

/** A part of a file that somebody changed after we wrote it. */
export interface ChangedPart {
  path: string[];
  /** What is there now. */
  text: string;
}

/**
 * The text of a file with entries in it, and how to take them out again. `undefined` stands for a file that isn't there.
 * @throws ConfigError `unreadable`, `unfit`, `taken`
 */
export function putEntries(
  present: string | undefined,
  format: PlacedInFile['format'],
  entries: readonly Entry[],
  file: string,
): { text: string; placed: PlacedInFile } {
  const { insert, blank } = formats[format];
  const { mark, body } = split(present ?? '');
  const isBlank = body.trim() === '';
  const inserts = isBlank && blank !== '' ? [{ at: 0, text: blank }] : [];
  let text = applyInserts(body, inserts);
  const placed: PlacedEntry[] = [];
  for (const entry of entries) {
    const insertion = insert(text, entry, file);
    text = insertion.text;
    inserts.push(...insertion.inserts);
    if (insertion.placed !== undefined) placed.push(insertion.placed);
  }
  const result = mark + text;
  return {
    text: result,
    placed: {
      format,
      ...(isBlank && { base: present ?? null }),
      inserts,
      digest: digestOf(result),
      entries: format === 'json' ? placed.map((entry) => withContainersOf(entry, placed)) : placed,
    },
  };
}

/**
 * The text of a file without what we put into it. If nobody touched the file meanwhile, it is the text from before, byte for byte; if
 * somebody did, only our entries go. `mark` is in each of our entries that stands in a list.
 * @throws ConfigError `unreadable`
 */
export function takeEntries(
  present: string | undefined,
  placed: PlacedInFile,
  file: string,
  mark: string,
): { text: string | undefined; changed: ChangedPart[] } {
  if (present === undefined) return { text: undefined, changed: [] };
  const { mark: orderMark, body } = split(present);
  const reverted = digestOf(present) === placed.digest ? revertInserts(body, placed.inserts) : undefined;
  if (reverted !== undefined) return { text: placed.base === null && reverted === '' ? undefined : orderMark + reverted, changed: [] };
  if (body.trim() === '') return { text: present, changed: [] };
  const { remove, isEmpty } = formats[placed.format];
  const changed: ChangedPart[] = [];
  let text = body;
  for (const entry of placed.entries.toReversed()) {
    const removal = remove(text, entry, file, mark);
    text = removal.text;
    if (removal.changed !== undefined) changed.push({ path: entry.path, text: removal.changed });
  }
  const restored = placed.base !== undefined && isEmpty(text) ? (placed.base ?? undefined) : orderMark + text;
  return { text: restored, changed };
}

/**
 * What stays to be undone of `mine` when `theirs` has been taken out: containers and files that came with theirs, and now hold mine,
 * go with mine.
 */
export function inherit(mine: PlacedInFile, theirs: PlacedInFile): PlacedInFile {
  const heir = { ...mine, ...(mine.base === undefined && theirs.base !== undefined && { base: theirs.base }) };
  // Tables of TOML stand beside each other, not in one another.
  if (mine.format === 'toml') return heir;
  return {
    ...heir,
    entries: [
      ...theirs.entries.filter(({ kind }) => kind === 'needed'),
      ...mine.entries.map((entry) => withContainersOf(entry, theirs.entries)),
    ],
  };
}

/**
 * An entry that goes with the container it stands in, if that came with one of the others; and if it is the last one in a container
 * that was empty before, with what the first one brought there.
 */
function withContainersOf(entry: PlacedEntry, others: readonly PlacedEntry[]): PlacedEntry {
  const heirs = others.filter(
    ({ path, depth }) => depth <= entry.depth && isDeepStrictEqual(entry.path.slice(0, depth), path.slice(0, depth)),
  );
  const [outermost] = heirs
    .filter(({ path, depth }) => depth < entry.depth && depth < path.length && entry.path[depth] === path[depth])
    .toSorted((a, b) => a.depth - b.depth);
  const first = heirs.find(({ depth, before, after }) => depth === entry.depth && !before.includes(',') && !after.includes(','));
  const source = outermost ?? first;
  return source === undefined ? entry : { ...entry, depth: source.depth, before: source.before, after: source.after };
}

function split(text: string): { mark: string; body: string } {
  return text.startsWith(byteOrderMark) ? { mark: byteOrderMark, body: text.slice(1) } : { mark: '', body: text };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
