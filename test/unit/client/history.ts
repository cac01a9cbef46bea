import * as fc from 'fast-check';
import { type Cursor, formatCursor } from '../../../src/protocol/cursor.ts';
import type { HubEvent } from '../../../src/protocol/events.ts';
import { isFinished } from '../../../src/protocol/isFinished.ts';
import { finishedOnBoard } from '../../../src/protocol/limits.ts';
import { type Presence, type Request, type RequestStatus, type Rule, type Task, taskStatuses } from '../../../src/protocol/model.ts';
import type { Snapshot } from '../../../src/protocol/operations.ts';
import * as sample from './samples.ts';

// Histories as a sound hub could write them, and what it would answer at any point of one. The answers are found by looking back over
// the history, one thing at a time; nothing here is reduced event by event, so that the client's reducers are held to another telling.

const epoch = 'law';

/** The place of the event at `index` of a history. */
export function cursorAt(index: number): Cursor {
  return { epoch, number: index + 1 };
}

type Move =
  | { do: 'create task' | 'write' | 'connect' | 'open workspace' | 'make rule' }
  | { do: 'ask'; ofTask: boolean; pick: number }
  | { do: 'delete task' | 'deliver message' | 'delete rule'; pick: number }
  | { do: 'change task'; pick: number; status: Task['status'] }
  | { do: 'archive task'; pick: number; archived: boolean }
  | { do: 'queue task'; pick: number; sortOrder: number }
  | { do: 'move request'; pick: number; status: RequestStatus };

const pick = fc.nat({ max: 999 });
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ do: fc.constant('create task') }),
  fc.record({ do: fc.constantFrom('create task', 'write', 'connect', 'open workspace', 'make rule') }),
  fc.record({ do: fc.constant('ask'), ofTask: fc.boolean(), pick }),
  fc.record({ do: fc.constantFrom('delete task', 'deliver message', 'delete rule'), pick }),
  fc.record({ do: fc.constant('change task'), pick, status: fc.constantFrom(...taskStatuses) }),
  fc.record({ do: fc.constant('change task'), pick, status: fc.constant('completed') }),
  fc.record({ do: fc.constant('archive task'), pick, archived: fc.boolean() }),
  fc.record({ do: fc.constant('queue task'), pick, sortOrder: fc.nat({ max: 9 }) }),
  fc.record({
    do: fc.constant('move request'),
    pick,
    status: fc.constantFrom<RequestStatus>('answered', 'delivered', 'acted', 'expired', 'superseded', 'withdrawn'),
  }),
);

/** A valid history: whatever an event is about was created before and isn't deleted. */
export const histories: fc.Arbitrary<readonly HubEvent[]> = fc.array(move, { maxLength: 40 }).map(play);

/** What a hub knows of the presence of the agents of a history: of those that it has heard of since it began. */
export const presences: fc.Arbitrary<readonly Presence[]> = fc.uniqueArray(fc.nat({ max: 2 }), { maxLength: 3 }).chain((ids) =>
  fc.tuple(
    ...ids.map((number) =>
      fc.record({ connected: fc.boolean(), waits: fc.boolean(), hears: fc.constantFrom(undefined, 'now', 'turnEnd') }).map(
        ({ connected, waits, hears }): Presence => ({
          id: sample.id(number),
          workspaceId: sample.workspaceId,
          connected,
          lastHeardAt: sample.at(3),
          ...(waits && { waitingFor: [sample.id(300)] }),
          ...(hears && { hears }),
        }),
      ),
    ),
  ),
);

/** A history and a point in it: the number of events before that point. */
export const historiesWithPoint = histories.chain((history) =>
  fc.record({ history: fc.constant(history), point: fc.nat({ max: history.length }) }),
);

function play(moves: readonly Move[]): readonly HubEvent[] {
  const history: HubEvent[] = [];
  const tasks: Task[] = [];
  const requests: Request[] = [];
  const rules: Rule[] = [];
  const messages: { id: string; taskId: string; createdAt: string }[] = [];
  const choose = <T>(items: readonly T[], number: number): T | undefined => items[number % items.length];

  function changeTask(chosen: number, change: (task: Task) => Task): void {
    const task = choose(tasks, chosen);
    if (task === undefined) return;
    const lastMessageAt = messages.findLast((message) => message.taskId === task.id)?.createdAt;
    const changed = change({ ...task, ...(lastMessageAt !== undefined && { lastMessageAt }) });
    tasks[tasks.indexOf(task)] = changed;
    history.push({ type: 'task.updated', payload: changed });
  }

  for (const [step, given] of moves.entries()) {
    const time = sample.at(step);
    const newId = sample.id(1_000 + step);
    switch (given.do) {
      case 'create task': {
        const task = sample.task({ id: newId, createdAt: time, updatedAt: time });
        tasks.push(task);
        history.push({ type: 'task.created', payload: task });
        break;
      }
      case 'change task':
        changeTask(given.pick, (task) => ({ ...task, status: given.status, updatedAt: time }));
        break;
      case 'archive task':
        changeTask(given.pick, ({ archivedAt: _archivedAt, ...task }) => ({
          ...task,
          updatedAt: time,
          ...(given.archived && { archivedAt: time }),
        }));
        break;
      case 'queue task':
        changeTask(given.pick, (task) => ({ ...task, sortOrder: given.sortOrder }));
        break;
      case 'delete task': {
        const task = choose(tasks, given.pick);
        if (task === undefined) break;
        tasks.splice(tasks.indexOf(task), 1);
        history.push({ type: 'task.deleted', payload: { id: task.id, workspaceId: task.workspaceId } });
        for (const list of [requests, messages]) {
          for (let index = list.length - 1; index >= 0; index -= 1) if (list[index]?.taskId === task.id) list.splice(index, 1);
        }
        break;
      }
      case 'write': {
        const task = choose(tasks, step);
        if (task === undefined) break;
        const message = sample.message({ id: newId, taskId: task.id, createdAt: time, sender: 'human', delivery: 'queued' });
        messages.push(message);
        history.push({ type: 'message.created', payload: message });
        break;
      }
      case 'deliver message': {
        const message = choose(messages, given.pick);
        if (message === undefined) break;
        history.push({ type: 'message.updated', payload: sample.message({ ...message, sender: 'human', delivery: 'delivered' }) });
        break;
      }
      case 'ask': {
        const task = given.ofTask ? choose(tasks, given.pick) : undefined;
        const request = sample.request({ id: newId, createdAt: time, updatedAt: time, ...(task && { taskId: task.id }) });
        requests.push(request);
        history.push({ type: 'request.created', payload: request });
        break;
      }
      case 'move request': {
        const request = choose(requests, given.pick);
        if (request === undefined) break;
        const moved = { ...request, status: given.status, updatedAt: time };
        requests[requests.indexOf(request)] = moved;
        history.push({ type: 'request.updated', payload: moved });
        break;
      }
      case 'make rule': {
        const rule = { id: newId, workspaceId: sample.id(0), text: 'Edit', createdAt: time };
        rules.push(rule);
        history.push({ type: 'rule.created', payload: rule });
        break;
      }
      case 'delete rule': {
        const rule = choose(rules, given.pick);
        if (rule === undefined) break;
        rules.splice(rules.indexOf(rule), 1);
        history.push({ type: 'rule.deleted', payload: rule });
        break;
      }
      case 'connect':
        history.push({ type: 'agent.updated', payload: sample.agent({ id: sample.id(step % 3), title: `as at ${time}` }) });
        break;
      case 'open workspace':
        history.push({ type: 'workspace.updated', payload: sample.workspace({ id: sample.id(step % 2), updatedAt: time }) });
        break;
    }
  }
  return history;
}

type PayloadOf<T extends HubEvent['type']> = Extract<HubEvent, { type: T }>['payload'];

function payloadsOf<T extends HubEvent['type']>(history: readonly HubEvent[], ...types: T[]): PayloadOf<T>[] {
  const wanted: ReadonlySet<string> = new Set(types);
  return history.flatMap((event) => (wanted.has(event.type) ? [event.payload as PayloadOf<T>] : []));
}

/** For each id the last word about it. */
function lastOfEach<T extends { id: string }>(items: readonly T[]): T[] {
  return [...new Set(items.map((item) => item.id))].map((id) => items.findLast((item) => item.id === id) as T);
}

/** What the hub answers to `getBoard` after the first `point` events, if it keeps so many finished tasks. */
export function snapshotAt(
  history: readonly HubEvent[],
  point: number,
  keep = finishedOnBoard,
  presence: readonly Presence[] = [],
): Snapshot {
  const past = history.slice(0, point);
  const deleted = new Set(payloadsOf(past, 'task.deleted').map((task) => task.id));
  const tasks = lastOfEach(payloadsOf(past, 'task.created', 'task.updated'))
    .filter((task) => !deleted.has(task.id) && task.archivedAt === undefined)
    .map((task) => withLastMessage(past, task));
  const newestFinished = tasks
    .filter(isFinished)
    .toSorted((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1))
    .slice(0, keep);
  return {
    hubId: 'model',
    cursor: formatCursor({ epoch, number: point }),
    workspaces: lastOfEach(payloadsOf(past, 'workspace.updated')),
    tasks: [...tasks.filter((task) => !isFinished(task)), ...newestFinished],
    requests: lastOfEach(payloadsOf(past, 'request.created', 'request.updated')).filter(
      (request) => ['open', 'answered', 'delivered'].includes(request.status) && !deleted.has(request.taskId ?? ''),
    ),
    agents: lastOfEach(payloadsOf(past, 'agent.updated')).map((agent) => ({
      ...agent,
      connected: false,
      ...presence.find(({ id }) => id === agent.id),
    })),
    rules: payloadsOf(past, 'rule.created').filter(({ id }) => !payloadsOf(past, 'rule.deleted').some((rule) => rule.id === id)),
  };
}

function withLastMessage(past: readonly HubEvent[], task: Task): Task {
  const last = payloadsOf(past, 'message.created').findLast((message) => message.taskId === task.id);
  return last === undefined ? task : { ...task, lastMessageAt: last.createdAt };
}
