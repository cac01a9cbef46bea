import type { Uri } from 'vscode';

/** A link shows what it names, and does nothing else: anybody may have written it. */
export interface Links {
  /** Shows a task, or the list from which the user connects an agent. */
  open(uri: Pick<Uri, 'path'>): Promise<void>;
  /** Copies the link of a task: that of the row, of the page in front, or one that the user chooses. */
  copy(argument: unknown): Promise<void>;
}
