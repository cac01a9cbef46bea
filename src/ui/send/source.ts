/** What in the editor a task is made from. Nothing in it was written by us. */
export interface Source {
  /** The URI of the folder that it is in, if it is in one that is open. */
  folder: string | undefined;
  /** Below that folder, with slashes; its whole path if it is elsewhere; `undefined` if it is in no file. */
  file: string | undefined;
  /** Its lines, counted from 1, the last one included; `undefined` for a file as a whole. */
  lines: { first: number; last: number } | undefined;
  /** What stands there: code, or a difference. */
  snippet: { text: string; language: string } | undefined;
  /** What else is known of it, a sentence or a block each: what a problem says, how a test failed. */
  facts: readonly string[];
  /** What the person probably wants, ready to be changed; may be empty. */
  wanted: string;
}

/** Where it is: `src/app.ts:3-5`; empty if it is in no file. */
export function placeWords({ file, lines }: Pick<Source, 'file' | 'lines'>): string {
  if (file === undefined) return '';
  if (lines === undefined) return file;
  return lines.first === lines.last ? `${file}:${lines.first}` : `${file}:${lines.first}-${lines.last}`;
}
