import * as z from 'zod/mini';

/** What stands at a place of a text, and what stood there before. */
export const spliceSchema = z.object({ at: z.number(), is: z.string(), was: z.string() });

export type Splice = z.infer<typeof spliceSchema>;

/** The one piece in which two texts differ. */
export function spliceBetween(before: string, after: string): Splice {
  const shorter = Math.min(before.length, after.length);
  let at = 0;
  while (at < shorter && before[at] === after[at]) at += 1;
  let same = 0;
  while (same < shorter - at && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { at, is: after.slice(at, after.length - same), was: before.slice(at, before.length - same) };
}

/** The text before changes that were made one after the other. */
export function undoSplices(text: string, splices: readonly Splice[]): string {
  return splices.reduceRight((result, { at, is, was }) => result.slice(0, at) + was + result.slice(at + is.length), text);
}
