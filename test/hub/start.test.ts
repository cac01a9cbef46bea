import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { join } from 'node:path';
import { StartError, type StartErrorCode } from '../../src/hub/lifecycle/startError.ts';
import { apiOf } from '../support/apiOf.ts';
import { startHubProcess } from '../support/hubProcess.ts';
import { makeHome, startTestHub } from '../support/testHub.ts';

describe('starting a hub', () => {
  let home: string;

  beforeEach(() => {
    home = makeHome();
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  async function failing(options: Parameters<typeof startTestHub>[0], code: StartErrorCode, message: RegExp): Promise<void> {
    await assert.rejects(startTestHub({ home, ...options }), (error) => {
      assert.ok(error instanceof StartError);
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  }

  it('listens on this machine alone, in a folder for this user alone', async () => {
    const test = await startTestHub({ home });
    assert.match(test.hub.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    for (const name of readdirSync(home)) {
      assert.equal(statSync(join(home, name)).mode & 0o077, 0, `${name} can be read by others`);
    }
    await test.hub.close();
  });

  it('keeps its name, its tokens and its log over a restart', async () => {
    const first = await startTestHub({ home });
    const { cursor } = await first.api.call('getBoard', {});
    await first.hub.close();
    const second = await startTestHub({ home });
    assert.equal(second.hub.hubId, first.hub.hubId);
    assert.equal(second.hub.userToken, first.hub.userToken);
    assert.equal(second.agentAddress().agentToken, first.agentAddress().agentToken);
    assert.equal((await second.api.call('getBoard', {})).cursor, cursor);
    await second.hub.close();
  });

  it('waits a little for a port whose program is going', async () => {
    const dying = createSocketServer((socket) => {
      socket.destroy();
      dying.close();
    });
    await new Promise<void>((resolve) => dying.listen(0, '127.0.0.1', resolve));
    const { port } = dying.address() as AddressInfo;
    const { hub } = await startTestHub({ home, port });
    assert.equal(hub.url, `http://127.0.0.1:${port}`);
    await hub.close();
  });

  it('says who has the port: another program, also one that says nothing, or another hub', async () => {
    const foreign = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    const { port } = foreign.address() as AddressInfo;
    await failing({ port }, 'port-taken', new RegExp(`Port ${port} is taken by another program.*agentrq\\.hub\\.port`));
    foreign.close();

    const silent = createSocketServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    await failing({ port: (silent.address() as AddressInfo).port }, 'port-taken', /taken by another program/);
    silent.close();

    const hub = await startTestHub();
    await failing({ port: Number(new URL(hub.hub.url).port) }, 'port-taken-by-hub', /Another AgentRQ hub/);
    await hub.dispose();
  });

  it('lets in a window that finds the hub running, and keeps no token of it', async () => {
    const leader = await startTestHub({ home });
    const userToken = 'another-editor-'.padEnd(43, 'x');
    const api = apiOf(() => ({ url: leader.hub.url, userToken }));
    await assert.rejects(api.call('getBoard', {}), /not known here.*agentrq\.hub\.home/);
    await failing({ port: Number(new URL(leader.hub.url).port), userToken }, 'hub-runs', /Another AgentRQ hub/);
    assert.equal((await api.call('getBoard', {})).hubId, leader.hub.hubId);
    assert.equal((await leader.api.call('getBoard', {})).hubId, leader.hub.hubId, 'the first window is still let in');
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.ok(files.length > 3);
    for (const { parentPath, name } of files) assert.ok(!readFileSync(join(parentPath, name)).includes(userToken), name);
    await leader.hub.close();
  });

  it('keeps out a window of another home folder', async () => {
    const leader = await startTestHub();
    const userToken = 'another-home-'.padEnd(43, 'x');
    await failing({ port: Number(new URL(leader.hub.url).port), userToken }, 'port-taken-by-hub', /Another AgentRQ hub/);
    const api = apiOf(() => ({ url: leader.hub.url, userToken }));
    await assert.rejects(api.call('getBoard', {}), /not known here/);
    await leader.dispose();
  });

  it('says that its folder can not be written to', async () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    await failing({ home: join(file, 'below') }, 'home-not-writable', /can't write to its folder .*agentrq\.hub\.home/);
  });

  it('says that the editor has no SQLite', async () => {
    await failing({ loadSqlite: () => undefined }, 'sqlite-missing', /no SQLite.*Update the editor/);
  });

  it('refuses a secret that others could have read, or that is a link', async () => {
    const secret = join(home, 'master-secret');
    writeFileSync(secret, `${'x'.repeat(43)}\n`);
    chmodSync(secret, 0o644);
    await failing({}, 'home-not-writable', /only you can read/);
    rmSync(secret);
    mkdirSync(join(home, 'elsewhere'));
    writeFileSync(join(home, 'elsewhere', 'secret'), `${'x'.repeat(43)}\n`, { mode: 0o600 });
    symlinkSync(join(home, 'elsewhere', 'secret'), secret);
    await failing({}, 'home-not-writable', /plain file/);
  });

  it('says the same on the command line, and ends with 1', async () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    await assert.rejects(startHubProcess({ home: join(file, 'below') }), /ended with 1: .*can't write to its folder/s);
  });
});
