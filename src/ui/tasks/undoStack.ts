import type { Undoable } from '../shell/undoable.ts';

/** The undoable actions of this window, the newest first. */
export interface UndoStack {
  push(done: Undoable): void;
  /** The newest action, which is removed; `undefined` if there is none. */
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
