import type { Uri } from 'vscode';

/** What a task is about. All text in it comes from the editor's content. */
export interface Source {
  /** The URI of its folder, if that is open. */
  folder: string | undefined;
  /** Its path relative to the folder, with slashes; absolute if it is elsewhere; `undefined` if it has no file. */
  file: string | undefined;
  /** Its lines, starting at 1, the last one included; `undefined` for a whole file. */
  lines: { first: number; last: number } | undefined;
  /** The code or diff. */
  snippet: { text: string; language: string } | undefined;
  /** More facts, a sentence or block each: the message of a problem, the failure of a test. */
  facts: readonly string[];
  /** The proposed request, which the user can edit; may be empty. */
  wanted: string;
}

/** The location as text: `src/app.ts:3-5`; empty without a file. */
export function locationText({ file, lines }: Pick<Source, 'file' | 'lines'>): string {
  if (file === undefined) return '';
  if (lines === undefined) return file;
  return lines.first === lines.last ? `${file}:${lines.first}` : `${file}:${lines.first}-${lines.last}`;
}

/** The argument of *Send to Agent* from a code action: zero-based lines, the last one included. */
export interface SelectedCode {
  uri: Uri;
  first: number;
  last: number;
  /** The messages of the diagnostics. */
  problems: readonly string[];
}

export function isCodeRange(value: unknown): value is SelectedCode {
  return typeof value === 'object' && value !== null && 'problems' in value;
}
