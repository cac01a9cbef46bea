import type { Cursor } from '../protocol/cursor.ts';
import { isSeen, parseCursor } from '../protocol/cursor.ts';
import type { HubEvent } from '../protocol/events.ts';
import type { Message, Request, Task } from '../protocol/model.ts';
import type { Thread as ReadThread } from '../protocol/operations.ts';
import { assertNever } from '../util/errors.ts';

// A task with its thread, as a pure function of one read and the events after it. A test holds the law: a thread read at n, reduced by the
// events after n, equals the thread read at the end.

/** Immutable. Parts that an event does not change keep their identity. */
export interface Thread {
  readonly cursor: Cursor;
  /** `undefined` once the task was deleted. */
  readonly task: Task | undefined;
  readonly messages: ReadonlyMap<string, Message>;
  readonly requests: ReadonlyMap<string, Request>;
}

/** The thread as it was read. @throws Error if its cursor is malformed */
export function threadFrom({ cursor: text, task, messages, requests }: ReadThread): Thread {
  const cursor = parseCursor(text);
  if (cursor === undefined) throw new Error(`the thread has no place in the log: ${JSON.stringify(text)}`);
  return {
    cursor,
    task,
    messages: new Map(messages.map((message) => [message.id, message])),
    requests: new Map(requests.map((request) => [request.id, request])),
  };
}

/** The thread of the task `taskId` after `event` at `cursor`; the same object if the event does not concern it. */
export function reduceThread(thread: Thread, taskId: string, cursor: Cursor, event: HubEvent): Thread {
  if (isSeen(thread.cursor, cursor)) return thread;
  const change = changeOf(thread, taskId, event);
  return change === undefined ? thread : { ...thread, ...change, cursor };
}

function changeOf({ task, messages, requests }: Thread, taskId: string, { type, payload }: HubEvent): Partial<Thread> | undefined {
  switch (type) {
    case 'task.created':
    case 'task.updated':
      return payload.id === taskId ? { task: payload } : undefined;
    case 'task.deleted':
      return payload.id === taskId ? { task: undefined, messages: new Map(), requests: new Map() } : undefined;
    case 'message.created':
      if (payload.taskId !== taskId) return undefined;
      return {
        messages: new Map(messages).set(payload.id, payload),
        ...(task !== undefined && payload.move === undefined && { task: { ...task, lastMessageAt: payload.createdAt } }),
      };
    case 'message.updated':
      return payload.taskId === taskId ? { messages: new Map(messages).set(payload.id, payload) } : undefined;
    case 'message.deleted':
      if (payload.taskId !== taskId || !messages.has(payload.id)) return undefined;
      return { messages: new Map([...messages].filter(([id]) => id !== payload.id)) };
    case 'request.created':
    case 'request.updated':
      return payload.taskId === taskId ? { requests: new Map(requests).set(payload.id, payload) } : undefined;
    case 'agent.updated':
    case 'workspace.updated':
    case 'rule.created':
    case 'rule.deleted':
      return undefined;
    default:
      return assertNever(type);
  }
}
