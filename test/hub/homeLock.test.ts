import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, existsSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { lockHome } from '../../src/hub/lockHome.ts';
import { freePort } from '../support/freePort.ts';
import { startHubProcess } from '../support/hubProcess.ts';
import { makeHome, startTestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

describe('the home folder of a hub', () => {
  let home: string;

  beforeEach(() => {
    home = makeHome();
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const portOf = (url: string): string => new URL(url).port;

  it('is used by one hub at a time: another one on another port says which has it', async () => {
    const hub = await startHubProcess({ home });
    const names = new RegExp(`hub on port ${portOf(hub.url)} uses the folder .*already.*agentrq\\.hub\\.port`);
    await assert.rejects(startHubProcess({ home }), names);
    await assert.rejects(startTestHub({ home }), { code: 'home-taken', message: names });
    await hub.stop('SIGTERM');
    const next = await startTestHub({ home });
    await next.hub.close();
  });

  it('is free again at once when its hub was killed', async () => {
    const hub = await startHubProcess({ home });
    await hub.stop('SIGKILL');
    assert.ok(existsSync(join(home, 'hub.lock')));
    const next = await startHubProcess({ home });
    assert.notEqual(next.url, hub.url);
    await next.stop('SIGTERM');
  });

  it('is one for the hubs of one process as well, and free when the thread of its hub was ended', async () => {
    const first = await startTestHub({ home });
    await assert.rejects(startTestHub({ home }), { code: 'home-taken' });
    await assert.rejects(startTestHub({ home }), { code: 'home-taken' }, 'a failed attempt takes nothing from who has it');
    await first.hub.close();

    const program = `
      const { parentPort, workerData } = require('node:worker_threads');
      const { DatabaseSync } = require('node:sqlite');
      globalThis.lock = new DatabaseSync(workerData);
      lock.exec('BEGIN EXCLUSIVE');
      parentPort.postMessage('locked');
      setInterval(() => {}, 1_000);`;
    const thread = new Worker(program, { eval: true, workerData: join(home, 'hub.lock') });
    await new Promise((resolve) => thread.once('message', resolve));
    const starting = startTestHub({ home });
    await thread.terminate();
    await (await starting).hub.close();
  });

  it('is waited for while its last hub is ending, and what is asked meanwhile is answered', async () => {
    const lock = await lockHome({ home, url: 'http://127.0.0.1:1' });
    const port = await freePort();
    const starting = startTestHub({ home, port });
    let early: Socket | undefined;
    await waitFor('somebody who listens', async () => (early = await tryToConnect(port)) !== undefined);
    assert.ok(early);
    early.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    lock.dispose();
    assert.match(String((await once(early, 'data'))[0]), /^HTTP\/1\.1 200 /);
    early.destroy();
    await (await starting).hub.close();
  });

  it('has a lock that nobody else can read, and that is no link', async () => {
    const first = await startTestHub({ home });
    const file = join(home, 'hub.lock');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    await first.hub.close();
    chmodSync(file, 0o644);
    await assert.rejects(startTestHub({ home }), { code: 'home-not-writable' });
    rmSync(file);
    symlinkSync(join(home, 'elsewhere'), file);
    await assert.rejects(startTestHub({ home }), { code: 'home-not-writable' });
  });
});

async function tryToConnect(port: number): Promise<Socket | undefined> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return socket;
  } catch {
    return undefined;
  }
}
