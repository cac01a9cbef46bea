import * as z from 'zod/mini';

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

/** An entry that is in a file, and what else came with it. */
export const placedEntrySchema = z.object({
  ...entryFields,
  /** How many keys of the path were there already. */
  depth: z.number(),
  /** The text that came before and after what was inserted, because of what stood around it. */
  before: z.string(),
  after: z.string(),
});

export type PlacedEntry = z.infer<typeof placedEntrySchema>;

/** A piece of text that was put into another. */
export const insertSchema = z.object({ at: z.number(), text: z.string() });

export type Insert = z.infer<typeof insertSchema>;

/** A text with an entry in it. The inserts are in the order in which they were made. */
export interface Insertion {
  text: string;
  inserts: Insert[];
  /** Absent if nothing had to be put in. */
  placed?: PlacedEntry;
}

/** A text without an entry. */
export interface Removal {
  text: string;
  /** What was taken out, if it isn't what was put in: somebody changed it. */
  changed?: string;
  /** Whether the text had it at all. */
  found: boolean;
}

/** How one format takes an entry in and gives it back; nothing else of the text changes, not even a blank. Texts have no byte order mark. */
export interface Format {
  /** @throws ConfigError `unreadable`, `unfit`, `taken` */
  insert(text: string, entry: Entry, file: string): Insertion;
  /** `mark` tells an element of ours that somebody changed from those of others. @throws ConfigError `unreadable` */
  remove(text: string, entry: PlacedEntry, file: string, mark: string): Removal;
  /** Whether nothing is left that anybody would miss. */
  isEmpty(text: string): boolean;
  /** What an empty text must have before entries can be put in. */
  blank: string;
}
