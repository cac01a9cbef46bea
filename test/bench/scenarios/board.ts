import { type Board, boardFromSnapshot, reduce } from '../../../src/client/board.ts';
import type { HubEvent } from '../../../src/protocol/events.ts';
import type { Message, Request, Task } from '../../../src/protocol/model.ts';
import type { Snapshot } from '../../../src/protocol/operations.ts';
import type { Case, Figures } from '../bench.ts';

/** A window's board of so many tasks, and the events of a busy day. The floor changes one map in place. */
export function boardCase({ tasks, events }: { tasks: number; events: number }): Case {
  return {
    scenario: 'board',
    label: `${tasks.toLocaleString('en')} tasks, ${events.toLocaleString('en')} events`,
    systems: ['floor', 'agentrq'],
    rows: [
      { figure: 'perSecond', label: 'events', unit: '/s' },
      { figure: 'nanosecondsEach', label: 'time for each', unit: 'ns' },
    ],
    async measure(system) {
      const snapshot = makeSnapshot(tasks);
      const day = makeEvents(snapshot, events);
      const run = system === 'agentrq' ? reduceAll : changeInPlace;
      run(snapshot, day.slice(0, events / 10));
      const startedAt = performance.now();
      const held = run(snapshot, day);
      const wallMs = performance.now() - startedAt;
      return await Promise.resolve<Figures>({
        lost: Math.abs(held - tasks),
        perSecond: (events / wallMs) * 1_000,
        nanosecondsEach: (wallMs * 1e6) / events,
      });
    },
  };
}

function reduceAll(snapshot: Snapshot, events: readonly HubEvent[]): number {
  let board: Board = boardFromSnapshot(snapshot);
  for (const [index, event] of events.entries()) board = reduce(board, { epoch: 'bench', number: index + 1 }, event);
  return board.tasks.size;
}

function changeInPlace(snapshot: Snapshot, events: readonly HubEvent[]): number {
  const items = new Map<string, unknown>(snapshot.tasks.map((task) => [task.id, task]));
  const requests = new Map<string, unknown>();
  for (const { type, payload } of events) {
    if (type === 'task.updated') items.set(payload.id, payload);
    else if (type === 'message.created')
      items.set(payload.taskId, { ...(items.get(payload.taskId) as Task), lastMessageAt: payload.createdAt });
    else if (type === 'request.created' || type === 'request.updated') requests.set(payload.id, payload);
  }
  return items.size;
}

const at = '2026-01-01T00:00:00.000Z';
const workspaceId = idOf('w', 0);

function idOf(letter: string, index: number): string {
  return letter + String(index).padStart(10, '0');
}

function makeSnapshot(tasks: number): Snapshot {
  const task = (index: number): Task => ({
    id: idOf('t', index),
    workspaceId,
    createdAt: at,
    updatedAt: at,
    createdBy: 'agent',
    assignee: 'agent',
    status: 'ongoing',
    title: `Task ${index}`,
    body: '',
    sortOrder: index,
  });
  const workspace = { id: workspaceId, name: 'bench', description: '', createdAt: at, updatedAt: at };
  const rest = { requests: [], agents: [], rules: [] };
  return {
    hubId: 'bench',
    cursor: 'bench.0',
    workspaces: [workspace],
    tasks: Array.from({ length: tasks }, (_, index) => task(index)),
    ...rest,
  };
}

/** Of ten events five are messages, three move a task, and one request is asked and withdrawn. */
function makeEvents({ tasks }: Snapshot, count: number): HubEvent[] {
  return Array.from({ length: count }, (_, index): HubEvent => {
    const task = tasks[(index * 7_919) % tasks.length] as Task;
    const kind = index % 10;
    if (kind < 5) return { type: 'message.created', payload: messageOf(task, index) };
    if (kind < 8) return { type: 'task.updated', payload: { ...task, updatedAt: at } };
    if (kind === 8) return { type: 'request.created', payload: requestOf(task, index, 'open') };
    return { type: 'request.updated', payload: requestOf(task, index - 1, 'withdrawn') };
  });
}

function messageOf({ id: taskId }: Task, index: number): Message {
  return { id: idOf('m', index), workspaceId, taskId, createdAt: at, sender: 'agent', kind: 'text', text: 'Done.' };
}

function requestOf({ id: taskId }: Task, index: number, status: Request['status']): Request {
  const dates = { createdAt: at, updatedAt: at };
  return {
    id: idOf('r', index),
    workspaceId,
    taskId,
    kind: 'question',
    status,
    question: 'Go on?',
    choices: [],
    multiple: false,
    ...dates,
  };
}
