import type { Cursor } from '../protocol/cursor.ts';
import { isSeen, parseCursor } from '../protocol/cursor.ts';
import type { HubEvent, PresenceMessage, Refused } from '../protocol/events.ts';
import { isFinished } from '../protocol/isFinished.ts';
import { finishedOnBoard } from '../protocol/limits.ts';
import type { Agent, Presence, Request, Rule, Task, Workspace } from '../protocol/model.ts';
import type { Snapshot } from '../protocol/operations.ts';
import { assertNever } from '../util/errors.ts';
import { SharedMap } from './sharedMap.ts';

// The data behind the views, as a pure function of a snapshot and the events after it. A test holds the law: boardFromSnapshot(snapshot at
// n), reduced by the events after n, equals the empty board reduced by all events. The one exception are finished tasks beyond the limit: a
// board that has dropped an old one for a newer one does not get it back when the newer one is deleted.

/** All data that the views draw. Immutable. */
export interface Board {
  /** The last event that is included; `undefined` before the first snapshot. */
  readonly cursor: Cursor | undefined;
  readonly workspaces: ReadonlyMap<string, Workspace>;
  /** All unfinished tasks that are not archived, and the finished ones that changed last, `finishedOnBoard` at most. */
  readonly tasks: ReadonlyMap<string, Task>;
  /** Open requests, and answered ones that the agent has not acted on yet. */
  readonly requests: ReadonlyMap<string, Request>;
  /** With their presence. */
  readonly agents: ReadonlyMap<string, Agent>;
  /** By agent, as far as the hub has told; also of agents that the board hears of later. */
  readonly presence: ReadonlyMap<string, Presence>;
  /** What tries to be an agent and is refused again and again; `undefined`: nothing has been, as far as the hub has told. */
  readonly refused: Refused | undefined;
  /** The permission rules. */
  readonly rules: ReadonlyMap<string, Rule>;
}

export const emptyBoard: Board = {
  cursor: undefined,
  workspaces: new Map(),
  tasks: SharedMap.of<Task>([]),
  requests: new Map(),
  agents: new Map(),
  presence: new Map(),
  refused: undefined,
  rules: new Map(),
};

/** The board at the snapshot's cursor. @throws Error if that cursor is malformed */
export function boardFromSnapshot(snapshot: Snapshot): Board {
  const cursor = parseCursor(snapshot.cursor);
  if (cursor === undefined) throw new Error(`the snapshot has no place in the log: ${JSON.stringify(snapshot.cursor)}`);
  return {
    cursor,
    workspaces: mapById(snapshot.workspaces),
    tasks: SharedMap.of(snapshot.tasks),
    requests: mapById(snapshot.requests),
    agents: mapById(snapshot.agents),
    presence: mapById(snapshot.agents.map(presenceOf)),
    refused: undefined,
    rules: mapById(snapshot.rules),
  };
}

/**
 * The board after `event`, whose position in the log is `cursor`; the same object if the board includes the event already. Parts that the
 * event does not change keep their identity.
 * @param keep how many finished tasks are kept; only tests use another number than the hub's snapshots
 */
export function reduce(board: Board, cursor: Cursor, event: HubEvent, keep = finishedOnBoard): Board {
  if (isSeen(board.cursor, cursor)) return board;
  return { ...board, ...changeOf(board, event, keep), cursor };
}

function changeOf(board: Board, { type, payload }: HubEvent, keep: number): Partial<Board> {
  switch (type) {
    case 'task.created':
    case 'task.updated':
      return { tasks: withTask(shared(board.tasks), payload, keep) };
    case 'task.deleted':
      return {
        tasks: shared(board.tasks).without(payload.id),
        requests: without(board.requests, (request) => request.taskId === payload.id),
      };
    case 'message.created': {
      const task = board.tasks.get(payload.taskId);
      return task === undefined || payload.move !== undefined
        ? {}
        : { tasks: shared(board.tasks).with({ ...task, lastMessageAt: payload.createdAt }) };
    }
    case 'message.updated':
    case 'message.deleted':
      return {};
    case 'request.created':
    case 'request.updated':
      return {
        requests: isOnBoard(payload) ? withItem(board.requests, payload) : without(board.requests, (request) => request.id === payload.id),
      };
    case 'agent.updated': {
      // What an event of the log says of the presence of its agent may have passed long ago.
      const known = board.presence.get(payload.id);
      const presence = known ?? absent(payload);
      return {
        agents: withItem(board.agents, withThis(payload, presence)),
        ...(known === undefined && { presence: withItem(board.presence, presence) }),
      };
    }
    case 'workspace.updated':
      return { workspaces: withItem(board.workspaces, payload) };
    case 'rule.created':
      return { rules: withItem(board.rules, payload) };
    case 'rule.deleted':
      return { rules: without(board.rules, (rule) => rule.id === payload.id) };
    default:
      return assertNever(type);
  }
}

/** The board with what the hub says of the presence of agents; the same object if that is nothing new. */
export function withPresence(board: Board, { agents: told, isComplete, refused = board.refused }: PresenceMessage['payload']): Board {
  const presence = new Map(board.presence);
  if (isComplete) for (const known of board.presence.values()) presence.set(known.id, absent(known));
  for (const each of told) presence.set(each.id, each);
  const changed = [...presence.values()].filter((one) => JSON.stringify(one) !== JSON.stringify(board.presence.get(one.id)));
  if (changed.length === 0 && refused === board.refused) return board;
  const agents = new Map(board.agents);
  for (const each of changed) {
    const agent = agents.get(each.id);
    if (agent !== undefined) agents.set(each.id, withThis(agent, each));
  }
  return { ...board, agents, presence, refused };
}

function withThis({ waitingFor: _waits, hears: _hears, ...agent }: Agent, presence: Presence): Agent {
  return { ...agent, ...presence };
}

/** Nothing of it is open. */
function absent({ id, workspaceId, lastHeardAt }: Presence): Presence {
  return { id, workspaceId, connected: false, lastHeardAt };
}

function presenceOf({ id, workspaceId, connected, lastHeardAt, waitingFor, hears }: Agent): Presence {
  return { id, workspaceId, connected, lastHeardAt, ...(waitingFor && { waitingFor }), ...(hears && { hears }) };
}

/** Adds or replaces the task unless it is archived. Beyond `keep` finished tasks the one that changed longest ago is dropped. */
function withTask(tasks: SharedMap<Task>, task: Task, keep: number): SharedMap<Task> {
  if (task.archivedAt !== undefined) return tasks.without(task.id);
  const changed = tasks.with(task);
  if (!isFinished(task)) return changed;
  const finished = [...changed.values()].filter(isFinished);
  if (finished.length <= keep) return changed;
  const oldest = finished.reduce((one, other) => (isOlder(other, one) ? other : one));
  return changed.without(oldest.id);
}

/** Times and ids of the hub sort as text. */
function isOlder(one: Task, other: Task): boolean {
  return one.updatedAt === other.updatedAt ? one.id < other.id : one.updatedAt < other.updatedAt;
}

/** The request is open, or its agent has not acted on the answer yet. */
function isOnBoard({ status }: Request): boolean {
  return status === 'open' || status === 'answered' || status === 'delivered';
}

/** There may be thousands of tasks. A SharedMap shares nearly all of them between the boards before and after an event. */
function shared(tasks: ReadonlyMap<string, Task>): SharedMap<Task> {
  return tasks instanceof SharedMap ? tasks : SharedMap.of(tasks.values());
}

function mapById<T extends { id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function withItem<T extends { id: string }>(items: ReadonlyMap<string, T>, item: T): ReadonlyMap<string, T> {
  return new Map(items).set(item.id, item);
}

/** `items` without those that are `unwanted`; the same object if there are none. */
function without<T>(items: ReadonlyMap<string, T>, unwanted: (item: T) => boolean): ReadonlyMap<string, T> {
  const kept = new Map([...items].filter(([, item]) => !unwanted(item)));
  return kept.size === items.size ? items : kept;
}
