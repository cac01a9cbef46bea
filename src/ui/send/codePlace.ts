import type { Uri } from 'vscode';

/** What the actions at a line of code hand to *Send to Agent*: lines counted from 0, the last one included. */
export interface SelectedCode {
  uri: Uri;
  first: number;
  last: number;
  /** What the editor says is wrong there. */
  problems: readonly string[];
}

export function isCodePlace(value: unknown): value is SelectedCode {
  return typeof value === 'object' && value !== null && 'problems' in value;
}
