import { mkdirSync } from 'node:fs';
import { createEventLog } from '../../src/hub/log/eventLog.ts';
import { openDatabase } from '../../src/hub/storage/database.ts';
import { createStore } from '../../src/hub/storage/store.ts';
import { createWriter } from '../../src/hub/storage/writer.ts';
import type { TaskStatus } from '../../src/protocol/model.ts';
import { nullLog } from '../../src/util/log.ts';
import { createFakeClock } from './fakeClock.ts';
import { unexpected } from './unexpected.ts';

const at = '2026-01-01T00:00:00.000Z';
/** The workspace that holds them. */
export const filledWorkspace = 'workspace01';
const statuses: readonly TaskStatus[] = ['ongoing', 'notstarted', 'blocked', 'notstarted', 'ongoing'];

/** Puts so many unfinished tasks into a home that no hub has used yet, in a workspace `filled`: `Task 0`, `Task 1`, … */
export function fillTasks(home: string, count: number): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const { database } = openDatabase({ home, durability: 'process', now: Date.now(), log: nullLog });
  const store = createStore(database);
  store.meta.set('hubId', 'the-hub');
  store.meta.set('epoch', 'before');
  const log = createEventLog({ database, epoch: 'before', onError: unexpected });
  const transact = createWriter({ database, store, log, clock: createFakeClock() });
  transact((changes) => {
    changes.saveWorkspace({ id: filledWorkspace, name: 'filled', description: '', createdAt: at, updatedAt: at });
    changes.saveAgent({ id: 'agent000001', workspaceId: filledWorkspace, name: 'agent', connected: false, lastHeardAt: at });
    for (let index = 0; index < count; index += 1)
      changes.createTask({
        id: `t${String(index).padStart(10, '0')}`,
        workspaceId: filledWorkspace,
        createdAt: at,
        updatedAt: at,
        createdBy: 'agent',
        assignee: 'agent',
        status: statuses[index % statuses.length] ?? 'ongoing',
        title: `Task ${index}`,
        body: 'What is to be done, and how one sees that it is done.',
        sortOrder: index,
        agentId: 'agent000001',
      });
  });
  database.close();
}
