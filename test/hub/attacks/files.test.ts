import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type HostileTarget, startHostileTarget } from '../../support/hostileTarget.ts';
import { initializeRequest } from '../../support/rawMcp.ts';
import { connectAgent } from '../../support/testAgent.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('what the hub writes down, attacked', () => {
  let hub: HostileTarget;
  before(async () => (hub = await startHostileTarget()));
  after(() => hub.finish());

  /** Every file in the home folder, with the folders. */
  const files = (): string[] => readdirSync(hub.home, { recursive: true, encoding: 'utf8' }).map((name) => join(hub.home, name));

  // Windows has other means, which the home folder of a user comes with.
  const onSystemsWithModes = process.platform === 'win32' ? () => undefined : it;

  onSystemsWithModes('everything in the home folder is for this user alone', async () => {
    await hub.api.call('createTask', { workspaceId: hub.workspaceId, title: 'x' });
    await hub.api.call('rotateAgentToken', { workspaceId: hub.workspaceId });
    assert.equal(statSync(hub.home).mode & 0o077, 0);
    assert.ok(files().some((file) => file.endsWith('hub.db')));
    for (const file of files()) assert.equal(statSync(file).mode & 0o077, 0, file);
  });

  it('no token stands in a file, but for the one that the command line keeps in its own', async () => {
    const agent = await connectAgent('legacy', hub.agentAddress());
    await agent.call('getWorkspace');
    await hub.api.call('getWorkspaceToken', { workspaceId: hub.workspaceId });
    for (const file of files().filter((name) => statSync(name).isFile())) {
      const bytes = readFileSync(file);
      assert.ok(!bytes.includes(hub.hub.agentToken(hub.workspaceId)), file);
      if (!file.endsWith('person-token')) assert.ok(!bytes.includes(hub.hub.userToken), file);
    }
    await agent.close();
  });

  it('what is looked for is never part of the query', async () => {
    await hub.api.call('createTask', { workspaceId: hub.workspaceId, title: 'in the table' });
    const evil = [
      "' OR 1=1 --",
      "'; DROP TABLE tasks; --",
      '" OR ""="',
      '%',
      '_',
      '*',
      '(',
      '^(a+)+$',
      'notstarted,%27',
      '\\',
      'NULL',
      '[1]',
      'x'.repeat(5_000),
    ];
    for (const text of evil) {
      for (const name of ['status', 'limit', 'offset', 'filter', 'orderBy', 'q', 'lastEventId']) {
        const { status, body } = await hub.send({
          target: `${hub.rest('/tasks')}?${name}=${encodeURIComponent(text)}`,
          headers: hub.person,
        });
        assert.ok(status === 200 || status === 422, `${name}=${text}: ${status}`);
        assert.doesNotMatch(body, /SQL|syntax|near "/i);
      }
      const known = await hub.api.call('openWorkspace', { name: `w${text}`.slice(0, 128), folder: text.slice(0, 4_000) });
      assert.equal((await hub.api.call('openWorkspace', { name: 'any', folder: text.slice(0, 4_000) })).workspace.id, known.workspace.id);
      await hub.api.call('previewRule', { workspaceId: hub.workspaceId, text: text.slice(0, 2_000) }).catch(() => {});
    }
    const { tasks } = await hub.api.call('listTasks', { workspaceId: hub.workspaceId });
    assert.ok(tasks.some(({ title }) => title === 'in the table'));
  });

  it('one event is one line of the log, whatever names and messages hold', async () => {
    const evil = 'a\nlevel=error forged\r\u001b[2J\u001b]0;title\u0007\u202e\u2028\u0085\ud800';
    for (const message of [
      initializeRequest('2025-11-25', evil),
      { jsonrpc: '2.0', id: evil, method: evil },
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: evil, arguments: { [evil]: evil } } },
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: evil, reason: evil } },
    ]) {
      for (const headers of [{}, { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'x' }]) await hub.rpc(message, headers);
    }
    await hub.send({
      method: 'POST',
      target: `/hooks/${hub.workspaceId}/claude-code`,
      headers: hub.agent(),
      body: JSON.stringify({ hook_event_name: evil, session_id: evil }),
    });
    await hub.send({ target: `/${encodeURIComponent(evil.toWellFormed())}`, headers: hub.person });
    await waitFor('the log of it', () => hub.log.length > 0);
    assert.ok(hub.log.every(({ line }) => line.length < 4_200 && !line.startsWith('level=')));
  });
});
