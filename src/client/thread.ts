import type { Cursor } from '../protocol/cursor.ts';
import { parseCursor } from '../protocol/cursor.ts';
import type { HubEvent } from '../protocol/events.ts';
import type { Message, Request, Task } from '../protocol/model.ts';
import type { Thread } from '../protocol/operations.ts';
import { assertNever } from '../util/errors.ts';
import { byId } from './byId.ts';
import { isSeen } from './isSeen.ts';

// One task's conversation, by the same law as the board: what the hub answers at n, reduced by the events after n, is what the
// hub would answer now.

/** A task with its conversation. Never changed in place. */
export interface TaskThread {
  /** The last event of this task that it holds, or where the thread was read. */
  readonly cursor: Cursor;
  readonly task: Task;
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Whatever their status, oldest first. */
  readonly requests: readonly Request[];
  /** The task is gone; what was last known of it stays. */
  readonly deleted: boolean;
}

/** The thread as the hub answered it. Throws if the answer's cursor isn't one. */
export function threadFromResponse(response: Thread): TaskThread {
  const cursor = parseCursor(response.cursor);
  if (cursor === undefined) throw new Error(`the thread has no place in the log: ${JSON.stringify(response.cursor)}`);
  return {
    cursor,
    task: response.task,
    messages: response.messages.toSorted(byId),
    requests: response.requests.toSorted(byId),
    deleted: false,
  };
}

/** The thread after `event`, which stands at `cursor`; the same object if it is about another task, or was seen before. */
export function reduceThread(thread: TaskThread, cursor: Cursor, event: HubEvent): TaskThread {
  if (isSeen(thread.cursor, cursor)) return thread;
  const change = changeOf(thread, event);
  return change === undefined ? thread : { ...thread, ...change, cursor };
}

function changeOf(thread: TaskThread, { type, payload }: HubEvent): Partial<TaskThread> | undefined {
  const { task, messages, requests } = thread;
  switch (type) {
    case 'task.created':
    case 'task.updated':
      return payload.id === task.id ? { task: payload } : undefined;
    case 'task.deleted':
      return payload.id === task.id ? { deleted: true } : undefined;
    case 'message.created':
      return payload.taskId === task.id
        ? { messages: withItem(messages, payload), task: { ...task, lastMessageAt: payload.createdAt } }
        : undefined;
    case 'message.updated':
      return payload.taskId === task.id ? { messages: withItem(messages, payload) } : undefined;
    case 'request.created':
    case 'request.updated':
      return payload.taskId === task.id ? { requests: withItem(requests, payload) } : undefined;
    case 'agent.updated':
    case 'workspace.updated':
      return undefined;
    default:
      return assertNever(type);
  }
}

function withItem<T extends { id: string }>(items: readonly T[], item: T): readonly T[] {
  return [...items.filter((other) => other.id !== item.id), item].toSorted(byId);
}
