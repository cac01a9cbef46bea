import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { type Sentence, translatable } from '../../util/sentence.ts';
import { ConfigError, withinStack } from './configError.ts';
import type { Entry, PlacedEntry, Value } from './entry.ts';
import { formats } from './formats.ts';
import { type Splice, spliceBetween, spliceSchema, undoSplices } from './splice.ts';
import { addEntry, depthOf, givesWay, isOpen, isSameValue, valueAt } from './values.ts';

/** How a file was left, so that it can be as it was before anything of ours came into it. */
export const writtenFileSchema = z.object({
  /** The digest of the text that was written, and the changes that made it of the text before. */
  digest: z.string(),
  splices: z.array(spliceSchema),
  /** The text before, if it was empty or of blanks; `null` if there was no file. Absent if it had something in it. */
  blank: z.optional(z.nullable(z.string())),
});

export type WrittenFile = z.infer<typeof writtenFileSchema>;

/** A part of a file that somebody changed after we wrote it. */
export interface ChangedPart {
  path: string[];
  /** What is there now. */
  text: string;
}

/** The entries of one connection in a file. `mark` is in each of them that stands in a list. */
export interface OwnEntries {
  mark: string;
  entries: readonly PlacedEntry[];
}

/** What is to become of a file. A text that is `undefined` stands for no file. */
export interface FileChange {
  file: string;
  format: keyof typeof formats;
  present: string | undefined;
  /** How it was left the last time, if anything of ours is in it. */
  written: WrittenFile | undefined;
  /** What is to go, what is to stay and what is to come. */
  mine: OwnEntries;
  theirs: readonly OwnEntries[];
  wanted: readonly Entry[];
}

export interface ChangedFile {
  text: string | undefined;
  /** What goes although somebody changed it after we wrote it. */
  changed: ChangedPart[];
  /** How it is left; absent if nothing of ours is in it any more. */
  written: WrittenFile | undefined;
  /** Those that were wanted, as they have to be noted. */
  placed: PlacedEntry[];
}

const byteOrderMark = '\uFEFF';

/**
 * If nobody else wrote to a file, it is made anew of what it was before us, byte for byte, and of the entries that are to be in it; so it
 * doesn't matter in which order they come and go. If somebody did, only the entries that are to go are taken out, and those that
 * are to come put in. @throws ConfigError `unreadable`, `unfit`, `taken`
 */
export function changeFile(change: FileChange): ChangedFile {
  const { file, format, present, written, wanted, theirs } = change;
  return withinStack(file, () => {
    const isUntouched = present !== undefined && written?.digest === digestOf(present);
    const { text, base, splices, changed } = isUntouched ? makeAnew(change, present, written) : changeParts(change);
    const isOurs = text !== undefined && wanted.length + theirs.length > 0;
    const blank = base === undefined || base.trim() === '' ? (base ?? null) : written?.blank;
    const value = valueOf(base, format, file);
    return {
      text,
      changed,
      written: isOurs ? { digest: digestOf(text), splices, ...(blank !== undefined && { blank }) } : undefined,
      placed: wanted.flatMap((entry) => (givesWay(value, entry) ? [] : [{ ...entry, depth: depthOf(value, entry.path) }])),
    };
  });
}

interface Change {
  text: string | undefined;
  /** What the file would be without us, and how it becomes the text. */
  base: string | undefined;
  splices: Splice[];
  changed: ChangedPart[];
}

function makeAnew({ file, format, theirs, wanted }: FileChange, present: string, written: WrittenFile): Change {
  const before = undoSplices(present, written.splices);
  const base = before === '' && written.blank === null ? undefined : before;
  return { ...put(base, format, [...theirs.flatMap(({ entries }) => entries), ...wanted], file), base, changed: [] };
}

function changeParts({ file, format, present, written, mine, theirs, wanted }: FileChange): Change {
  const taken = take(present, format, mine, file);
  const without = theirs.reduce((rest, own) => take(rest, format, own, file).text, taken.text);
  const isBare = without !== undefined && written?.blank !== undefined && formats[format].isEmpty(split(without).body);
  const base = isBare ? (written.blank ?? undefined) : without;
  const done = put(theirs.length === 0 ? base : taken.text, format, wanted, file);
  const splices = theirs.length === 0 ? done.splices : [spliceBetween(base ?? '', done.text ?? '')];
  return { text: done.text, base, splices, changed: taken.changed };
}

/** The text with entries in it. @throws ConfigError `unreadable`, `unfit`, `taken` */
function put(
  present: string | undefined,
  format: FileChange['format'],
  entries: readonly Entry[],
  file: string,
): { text: string | undefined; splices: Splice[] } {
  if (entries.length === 0) return { text: present, splices: [] };
  const { insert, read, blank, noRoom } = formats[format];
  const { mark, body } = split(present ?? '');
  const splices: Splice[] = [];
  let text = present ?? '';
  const become = (next: string): void => {
    const after = mark + next;
    splices.push(spliceBetween(text, after));
    text = after;
  };
  if (body.trim() === '' && blank !== '') become(blank + body);
  const expected = read(text.slice(mark.length), file);
  for (const entry of entries) {
    const value = read(text.slice(mark.length), file);
    if (givesWay(value, entry)) continue;
    checkRoom(value, entry, file);
    addEntry(expected, entry);
    become(insert(text.slice(mark.length), entry, file));
    if (!saysSame(text.slice(mark.length), expected, format, file)) {
      throw new ConfigError('unfit', noRoom(file, entry.path), { file });
    }
  }
  return { text, splices };
}

/** The text without the entries of a connection, as far as they are there. @throws ConfigError `unreadable`, `unfit` */
function take(
  present: string | undefined,
  format: FileChange['format'],
  { mark: own, entries }: OwnEntries,
  file: string,
): { text: string | undefined; changed: ChangedPart[] } {
  const { mark, body } = split(present ?? '');
  if (body.trim() === '') return { text: present, changed: [] };
  const changed: ChangedPart[] = [];
  let text = body;
  for (const entry of entries.toReversed()) {
    const removal = formats[format].remove(text, entry, file, own);
    text = removal.text;
    if (removal.changed !== undefined) changed.push({ path: entry.path, text: removal.changed });
  }
  return { text: mark + text, changed };
}

/** @throws ConfigError `taken`, `unfit` */
function checkRoom(value: Value, { path, kind }: Entry, file: string): void {
  const closed = path.findIndex((_, depth) => !isOpen(value, path.slice(0, depth + 1)));
  if (closed !== -1) throw unfit(file, path.slice(0, closed), translatable('an object'));
  const there = valueAt(value, path);
  if (kind === 'element' && there !== undefined && !Array.isArray(there)) throw unfit(file, path, translatable('a list'));
  if (kind !== 'member' || there === undefined) return;
  throw new ConfigError(
    'taken',
    translatable('{0} has an entry {1} that AgentRQ didn’t write. Remove or rename it there, then try again.', file, path.join(' › ')),
    { file },
  );
}

function unfit(file: string, path: readonly string[], wanted: Sentence): ConfigError {
  const what = path.length === 0 ? translatable('What it holds') : path.join(' › ');
  return new ConfigError(
    'unfit',
    translatable('{0} can’t take an entry: {1} is not {2}. Correct it there, then try again.', file, what, wanted),
    { file },
  );
}

function saysSame(text: string, value: Value, format: FileChange['format'], file: string): boolean {
  try {
    return isSameValue(formats[format].read(text, file), value);
  } catch {
    return false;
  }
}

function valueOf(text: string | undefined, format: FileChange['format'], file: string): Value {
  const { body } = split(text ?? '');
  return body.trim() === '' ? {} : formats[format].read(body, file);
}

function split(text: string): { mark: string; body: string } {
  return text.startsWith(byteOrderMark) ? { mark: byteOrderMark, body: text.slice(1) } : { mark: '', body: text };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
