/** An action of the user that can be undone. */
export interface Undoable {
  /** What was done, as a sentence. */
  words: string;
  /** Undoes it. Returns a sentence for the user. */
  undo(): Promise<string>;
}
