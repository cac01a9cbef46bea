import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createEventLog } from '../../src/hub/log/eventLog.ts';
import { openDatabase } from '../../src/hub/storage/database.ts';
import { databaseFile } from '../../src/hub/storage/databaseFiles.ts';
import { createStore, type Store } from '../../src/hub/storage/store.ts';
import { createWriter } from '../../src/hub/storage/writer.ts';
import type { Message, Request, Task } from '../../src/protocol/model.ts';
import { nullLog } from '../../src/util/log.ts';
import { createFakeClock } from './fakeClock.ts';
import { makeHome } from './testHub.ts';
import { unexpected } from './unexpected.ts';

const at = '2026-01-01T00:00:00.000Z';
export const filledWorkspaceId = 'workspace01';

/** A home whose database holds so many tasks, each with four messages and a request, and was closed in order. */
export interface FilledHome {
  home: string;
  file: string;
  tasks: Task[];
  messages: Message[];
  requests: Request[];
}

export function fillHome(count: number): FilledHome {
  const home = makeHome();
  const { database } = openDatabase({ home, durability: 'process', now: Date.now(), log: nullLog });
  const store = createStore(database);
  store.meta.set('hubId', 'the-hub');
  store.meta.set('epoch', 'before');
  const clock = createFakeClock();
  const transact = createWriter({ database, store, log: createEventLog({ database, epoch: 'before', onError: unexpected }), clock });
  const [tasks, messages, requests]: [Task[], Message[], Request[]] = [[], [], []];
  const id = (kind: string, number: number): string => `${kind}${String(number).padStart(10, '0')}`;
  const workspaceId = filledWorkspaceId;
  transact((changes) => {
    changes.saveWorkspace({ id: workspaceId, name: 'filled', description: '', createdAt: at, updatedAt: at });
    changes.saveAgent({ id: id('a', 0), workspaceId, name: 'agent', connected: false, lastHeardAt: at });
    for (let index = 0; index < count; index += 1) {
      const taskId = id('t', index);
      tasks.push(
        changes.createTask({
          id: taskId,
          workspaceId,
          createdAt: at,
          updatedAt: at,
          createdBy: 'agent',
          assignee: 'agent',
          status: 'ongoing',
          title: `Task ${index}`,
          body: 'b'.repeat(200),
          sortOrder: index,
          agentId: id('a', 0),
        }),
      );
      for (let part = 0; part < 4; part += 1) {
        const text = `${index}.${part} ${'m'.repeat(part === 0 ? 6_000 : 150)}`;
        messages.push(
          changes.createMessage({ id: id('m', index * 4 + part), workspaceId, taskId, createdAt: at, sender: 'agent', kind: 'text', text }),
        );
      }
      requests.push(
        changes.createRequest({
          id: id('r', index),
          workspaceId,
          taskId,
          kind: 'question',
          status: 'open',
          question: `Question ${index}?`,
          choices: ['Yes', 'No'],
          multiple: false,
          createdAt: at,
          updatedAt: at,
        }),
      );
    }
  });
  database.close();
  return { home, file: join(home, databaseFile), tasks, messages, requests };
}

/** The pages of a table or an index: `leaf` ones hold its rows, `internal` ones lead there, `overflow` ones hold the rest of long rows. */
export function pagesOf(file: string, table: string, type: 'leaf' | 'internal' | 'overflow'): number[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare('SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY path').all(table, type);
  database.close();
  return rows.map((row) => Number(row['pageno']));
}

const pageBytes = 4_096;

/** Writes noise over pages; the first one is number 1. */
export function damagePages(file: string, pages: readonly number[]): void {
  const descriptor = openSync(file, 'r+');
  for (const page of pages) writeSync(descriptor, randomBytes(pageBytes), 0, pageBytes, (page - 1) * pageBytes);
  closeSync(descriptor);
}

/** All that is in a store, by kind. */
export function contentsOf(store: Store): { tasks: Task[]; messages: Message[]; requests: Request[] } {
  return { tasks: store.tasks.all(), messages: store.messages.all(), requests: store.requests.all() };
}
