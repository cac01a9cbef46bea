/** One thing that the person did. */
export interface Undoable {
  /** What it was, as a sentence. */
  words: string;
  /** Takes it back; what it says is shown to the person. */
  undo(): Promise<string>;
}

/** What the person can take back in this window, the newest first. */
export interface UndoStack {
  push(done: Undoable): void;
  /** `undefined` if there is nothing to take back. Each thing is taken back once, also if that fails. */
  pop(): Undoable | undefined;
}

export function createUndoStack(limit: number): UndoStack {
  const done: Undoable[] = [];
  return {
    push(each) {
      done.push(each);
      if (done.length > limit) done.shift();
    },
    pop: () => done.pop(),
  };
}
