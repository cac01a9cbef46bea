import { HubError, hubErrors } from '../../protocol/hubErrors.ts';
import { createTurns } from '../../util/turns.ts';
import type { Undoable } from '../shell/undoable.ts';

/** The undoable actions of this window, the newest first. */
export interface UndoStack {
  /** Runs an action that will be pushed. An undo waits for its end, and the action for the undos before it. */
  inTurn<T>(action: () => Promise<T>): Promise<T>;
  push(done: Undoable): void;
  /**
   * Undoes the newest action. Returns its sentence for the user; `undefined` if there is no action to undo. If that fails, the action can be
   * undone again, unless the hub rejected it: then it would stand before all older ones.
   */
  undo(): Promise<string | undefined>;
}

export function createUndoStack(limit: number): UndoStack {
  const done: Undoable[] = [];
  const inTurn = createTurns();

  async function undoNewest(): Promise<string | undefined> {
    const newest = done.pop();
    if (newest === undefined) return undefined;
    try {
      return await newest.undo();
    } catch (error) {
      if (!isRejected(error)) done.push(newest);
      throw error;
    }
  }

  return {
    inTurn,
    push(each) {
      done.push(each);
      if (done.length > limit) done.shift();
    },
    undo: () => inTurn(undoNewest),
  };
}

function isRejected(error: unknown): boolean {
  return error instanceof HubError && hubErrors[error.code].status < 500;
}
