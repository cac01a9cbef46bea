import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createBackground } from '../../src/hub/lifecycle/background.ts';
import { createEventLog } from '../../src/hub/log/eventLog.ts';
import { createPresenceFeed } from '../../src/hub/log/presenceFeed.ts';
import { type Agents, createAgents } from '../../src/hub/service/agents.ts';
import { createPermissionWaits, type PermissionWaits } from '../../src/hub/service/awaitPermission.ts';
import { createConnections } from '../../src/hub/service/connections.ts';
import type { ServiceContext } from '../../src/hub/service/context.ts';
import { recoverDeliveries } from '../../src/hub/service/deliveries.ts';
import { foldersOf } from '../../src/hub/service/folders.ts';
import { createTaskPolls } from '../../src/hub/service/taskPolls.ts';
import { openWorkspace } from '../../src/hub/service/workspaces.ts';
import { createAttachmentFiles } from '../../src/hub/storage/attachmentFiles.ts';
import { migrate } from '../../src/hub/storage/migrations.ts';
import { createStore } from '../../src/hub/storage/store.ts';
import { createWriter } from '../../src/hub/storage/writer.ts';
import { createIdGenerator } from '../../src/protocol/ids.ts';
import { nullLog } from '../../src/util/log.ts';
import { createFakeClock, type FakeClock } from './fakeClock.ts';
import { unexpected } from './unexpected.ts';

/** The hub's rules over a real database in memory, without HTTP: a call is a call of a function, and time stands still. */
export interface TestService {
  context: ServiceContext;
  agents: Agents;
  waits: PermissionWaits;
  clock: FakeClock;
  workspaceId: string;
  /** The same data with all that is only in memory gone, as after a crash. */
  restart(): TestService;
}

export function startTestService(): TestService {
  const database = new DatabaseSync(':memory:');
  database.exec('PRAGMA foreign_keys = ON');
  migrate(database);
  return start(database, createFakeClock());
}

function start(database: DatabaseSync, clock: FakeClock): TestService {
  const store = createStore(database);
  const log = createEventLog({ database, epoch: 'e', onError: unexpected });
  const context: ServiceContext = {
    store,
    transact: createWriter({ database, store, log, clock }),
    log,
    presence: createPresenceFeed(unexpected),
    attachmentFiles: createAttachmentFiles(join(tmpdir(), `agentrq-test-${randomUUID()}`)),
    connections: createConnections(unexpected),
    taskPolls: createTaskPolls(clock),
    folders: foldersOf('linux'),
    clock,
    background: createBackground({ clock, log: nullLog }),
    newId: createIdGenerator(() => clock.now()),
    closing: new AbortController().signal,
    waitSeconds: {},
  };
  recoverDeliveries(context);
  const agents = createAgents(context);
  const workspaceId = openWorkspace(context, { name: 'test', description: '' }).id;
  return {
    context,
    agents,
    waits: createPermissionWaits({ context, agents }),
    clock,
    workspaceId,
    restart() {
      clock.advance(1);
      return start(database, clock);
    },
  };
}
