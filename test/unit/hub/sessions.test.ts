import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createBackground } from '../../../src/hub/lifecycle/background.ts';
import { createEventLog } from '../../../src/hub/log/eventLog.ts';
import { createPresenceFeed } from '../../../src/hub/log/presenceFeed.ts';
import { createSessions } from '../../../src/hub/mcp/legacy/sessions.ts';
import { createToolServer } from '../../../src/hub/mcp/tools/toolServer.ts';
import { createAgents } from '../../../src/hub/service/agents.ts';
import { createPermissionWaits } from '../../../src/hub/service/awaitPermission.ts';
import { createConnections } from '../../../src/hub/service/connections.ts';
import { foldersOf } from '../../../src/hub/service/folders.ts';
import { createTaskPolls } from '../../../src/hub/service/taskPolls.ts';
import { createAttachmentFiles } from '../../../src/hub/storage/attachmentFiles.ts';
import { migrate } from '../../../src/hub/storage/migrations.ts';
import { createStore } from '../../../src/hub/storage/store.ts';
import { createWriter } from '../../../src/hub/storage/writer.ts';
import { createIdGenerator } from '../../../src/protocol/ids.ts';
import { sessionLimits } from '../../../src/protocol/limits.ts';
import { nullLog } from '../../../src/util/log.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { unexpected } from '../../support/unexpected.ts';

const workspaceId = '00000000001';
const createdAt = '2026-01-01T00:00:00.000Z';
const initialize = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test-agent', version: '1' } },
};

/** The sessions of a hub that has just been restarted and knows one from its table. */
function setUp() {
  const database = new DatabaseSync(':memory:');
  migrate(database);
  const store = createStore(database);
  store.workspaces.put({ id: workspaceId, name: 'test', description: '', createdAt, updatedAt: createdAt });
  store.sessions.put({ id: 'known', workspaceId, initialize, createdAt, lastUsedAt: createdAt });
  const clock = createFakeClock();
  const log = createEventLog({ database, epoch: 'e', onError: unexpected });
  const transact = createWriter({ database, store, log, clock });
  const newId = createIdGenerator(() => clock.now());
  const context = {
    store,
    transact,
    log,
    presence: createPresenceFeed(unexpected),
    attachmentFiles: createAttachmentFiles(join(tmpdir(), 'agentrq-no-attachments')),
    connections: createConnections(unexpected),
    taskPolls: createTaskPolls(clock),
    folders: foldersOf('linux'),
    clock,
    background: createBackground({ clock, log: nullLog }),
    newId,
    closing: new AbortController().signal,
    waitSeconds: {},
  };
  const agents = createAgents(context);
  const tools = { context, agents, waits: createPermissionWaits({ context, agents }), log: nullLog, version: '1' };
  let servers = 0;
  const sessions = createSessions({
    store,
    background: context.background,
    randomId: () => 'new',
    createServer: (id) => {
      servers += 1;
      return createToolServer(tools, id);
    },
  });
  return { sessions, servers: () => servers, database, store, clock, background: context.background };
}

describe('sessions', () => {
  it('are taken up again once, however many requests ask for them at the same time', async () => {
    const { sessions, servers } = setUp();
    const found = await Promise.all([1, 2, 3].map(() => sessions.find(workspaceId, 'known')));
    found.push(await sessions.find(workspaceId, 'known'));
    assert.equal(new Set(found).size, 1);
    assert.equal(servers(), 1);
    assert.deepEqual(found[0]?.introduction, { name: 'test-agent', version: '1' });
    await sessions.close();
  });

  it('are forgotten when they were idle for long, also if that fails at first', async () => {
    const { sessions, database, store, clock, background } = setUp();
    await sessions.find(workspaceId, 'known');
    database.exec(`CREATE TRIGGER full BEFORE DELETE ON sessions BEGIN SELECT raise(ABORT, 'no room'); END`);
    clock.advance(sessionLimits.keptMs + sessionLimits.sweepMs);
    assert.ok(background.failures > 0);
    assert.notEqual(store.sessions.get('known'), undefined);
    database.exec('DROP TRIGGER full');
    clock.advance(sessionLimits.sweepMs);
    assert.equal(store.sessions.get('known'), undefined);
    await sessions.close();
  });

  it('outlive a weekend: what nobody used for a day is put away, and taken up again when it is asked for', async () => {
    const { sessions, servers, store, clock } = setUp();
    const before = await sessions.find(workspaceId, 'known');
    clock.advance(sessionLimits.idleMs + sessionLimits.sweepMs);
    assert.notEqual(store.sessions.get('known'), undefined);
    clock.advance(sessionLimits.keptMs - 2 * sessionLimits.idleMs);
    const after = await sessions.find(workspaceId, 'known');
    assert.notEqual(after, before);
    assert.equal(servers(), 2);
    assert.deepEqual(after.introduction, before.introduction);
    await sessions.close();
  });

  it('are not found from another workspace', async () => {
    const { sessions } = setUp();
    await assert.rejects(sessions.find('00000000002', 'known'), { code: 'session_not_found' });
    await sessions.find(workspaceId, 'known');
    await assert.rejects(sessions.find('00000000002', 'known'), { code: 'session_not_found' });
    await sessions.close();
  });
});
