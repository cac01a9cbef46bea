import { mkdirSync } from 'node:fs';
import { createEventLog } from '../../src/hub/log/eventLog.ts';
import { openDatabase } from '../../src/hub/storage/database.ts';
import { createStore } from '../../src/hub/storage/store.ts';
import { type Changes, createWriter } from '../../src/hub/storage/writer.ts';
import type { TaskStatus } from '../../src/protocol/model.ts';
import { nullLog } from '../../src/util/log.ts';
import { createFakeClock } from './fakeClock.ts';
import { unexpected } from './unexpected.ts';

const at = '2026-01-01T00:00:00.000Z';
/** The workspace that holds them. */
export const filledWorkspace = 'workspace01';
const agentId = 'agent000001';
const statuses: readonly TaskStatus[] = ['ongoing', 'notstarted', 'blocked', 'notstarted', 'ongoing'];

/** Puts so many unfinished tasks into a home that no hub has used yet, in a workspace `filled`: `Task 0`, `Task 1`, … */
export function fillTasks(home: string, count: number): void {
  fill(home, (changes) => {
    for (let index = 0; index < count; index += 1) {
      createTask(changes, index, `Task ${index}`, statuses[index % statuses.length] ?? 'ongoing');
    }
  });
}

/** Puts a task with so many messages of its agent into a home that no hub has used yet, in a workspace `filled`: `Message 0`, … */
export function fillThread(home: string, title: string, count: number): void {
  fill(home, (changes) => {
    const taskId = createTask(changes, 0, title, 'ongoing');
    for (let index = 0; index < count; index += 1)
      changes.createMessage({
        id: `m${String(index).padStart(10, '0')}`,
        workspaceId: filledWorkspace,
        taskId,
        createdAt: at,
        sender: 'agent',
        kind: 'text',
        text: `Message ${index}`,
        agentId,
      });
  });
}

function fill(home: string, write: (changes: Changes) => void): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const { database } = openDatabase({ home, durability: 'process', now: Date.now(), log: nullLog });
  const store = createStore(database);
  store.meta.set('hubId', 'the-hub');
  store.meta.set('epoch', 'before');
  const log = createEventLog({ database, epoch: 'before', onError: unexpected });
  const transact = createWriter({ database, store, log, clock: createFakeClock() });
  transact((changes) => {
    changes.saveWorkspace({ id: filledWorkspace, name: 'filled', description: '', createdAt: at, updatedAt: at });
    changes.saveAgent({ id: agentId, workspaceId: filledWorkspace, name: 'agent', connected: false, lastHeardAt: at });
    write(changes);
  });
  database.close();
}

function createTask(changes: Changes, index: number, title: string, status: TaskStatus): string {
  const { id } = changes.createTask({
    id: `t${String(index).padStart(10, '0')}`,
    workspaceId: filledWorkspace,
    createdAt: at,
    updatedAt: at,
    createdBy: 'agent',
    assignee: 'agent',
    status,
    title,
    body: 'What is to be done, and how one sees that it is done.',
    sortOrder: index,
    agentId,
  });
  return id;
}
