import * as z from 'zod/mini';
import type { Sentence } from '../../util/sentence.ts';

/** A value that JSON and TOML both have. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

const valueSchema: z.ZodMiniType<Value> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(valueSchema), z.record(z.string(), valueSchema)]),
);

const entryFields = {
  /** The keys that lead to it from the root. */
  path: z.array(z.string()),
  value: valueSchema,
  /**
   * `member`: the value of the last key of the path, which must be free. `element`: one more element of the array at the path.
   * `needed`: a member that the file must have; one that is there already stays as it is, and others may have come to need ours.
   * `preset`: a member, and `listed`: a text in the array at the path, that isn't put in where the user has one already, or something
   * else than an object or an array on the way there. One that the user has changed since is theirs.
   */
  kind: z.enum(['member', 'element', 'needed', 'preset', 'listed']),
};

const entrySchema = z.object(entryFields);

/** A thing that belongs into a config file. */
export type Entry = z.infer<typeof entrySchema>;

/** An entry that is in a file. */
export const placedEntrySchema = z.object({
  ...entryFields,
  /** How many keys of the path would be there without anything of ours: what is below goes with the last entry in it. */
  depth: z.number(),
});

export type PlacedEntry = z.infer<typeof placedEntrySchema>;

/** A text without an entry. */
export interface Removal {
  text: string;
  /** What was taken out, if it isn't what was put in: somebody changed it. */
  changed?: string;
}

/** How one format is read, takes an entry in and gives it back. Texts have no byte order mark. */
export interface Format {
  /** What a text says. @throws ConfigError `unreadable` */
  read(text: string, file: string): Value;
  /** The text with an entry that it has room for. The caller checks that the result says what it should. */
  insert(text: string, entry: Entry, file: string): string;
  /**
   * The text without an entry, and nothing else of it missing. `mark` tells an element of ours that somebody changed from those of
   * others. @throws ConfigError `unreadable`, `unfit`
   */
  remove(text: string, entry: PlacedEntry, file: string, mark: string): Removal;
  /** Whether nothing is left that anybody would miss. */
  isEmpty(text: string): boolean;
  /** Why an entry can't be put at a path of a file although nothing is there. */
  noRoom(file: string, path: readonly string[]): Sentence;
  /** What an empty text must have before entries can be put in. */
  blank: string;
}
