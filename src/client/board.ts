import type { Cursor, HubEvent } from '../protocol/events.ts';
import type { Agent, Request, Task, Workspace } from '../protocol/model.ts';
import type { Snapshot } from '../protocol/operations.ts';

// What the person sees, as a pure function of a snapshot and the events after it. The law, held by a test:
// boardFromSnapshot(snapshot at n), reduced by the events after n, equals the empty board reduced by all of them.

/** Everything that the views draw from. Never changed in place. */
export interface Board {
  /** The last event that it holds; `undefined` before the first snapshot. */
  readonly cursor: Cursor | undefined;
  readonly workspaces: ReadonlyMap<string, Workspace>;
  readonly tasks: ReadonlyMap<string, Task>;
  /** Open ones, and answered ones whose answer is still on its way to the agent. */
  readonly requests: ReadonlyMap<string, Request>;
  readonly agents: ReadonlyMap<string, Agent>;
}

export const emptyBoard: Board = {
  cursor: undefined,
  workspaces: new Map(),
  tasks: new Map(),
  requests: new Map(),
  agents: new Map(),
};

export declare function boardFromSnapshot(snapshot: Snapshot): Board;

/** The board after `event`, which stands at `cursor` in the log; the same object if the board has seen it before. */
export declare function reduce(board: Board, cursor: Cursor, event: HubEvent): Board;
