import assert from 'node:assert/strict';
import { chmodSync, existsSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { readSecret } from '../../src/home/ownHub.ts';
import { lockHome } from '../../src/hub/lifecycle/lockHome.ts';
import { freePort } from '../support/freePort.ts';
import { startHubProcess } from '../support/hubProcess.ts';
import { announce } from '../support/playedHub.ts';
import { startProvingServer } from '../support/provingServer.ts';
import { startStranger } from '../support/stranger.ts';
import { makeHome, startTestHub } from '../support/testHub.ts';

describe('the home folder of a hub', () => {
  let home: string;

  beforeEach(() => {
    home = makeHome();
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const portOf = (url: string): string => new URL(url).port;

  it('is used by one hub at a time, whatever its port: another one says where that is', async () => {
    const hub = await startHubProcess({ home });
    const names = new RegExp(`hub runs with the folder .* already, on port ${portOf(hub.url)}.*agentrq\\.hub\\.home`);
    await assert.rejects(startHubProcess({ home }), names);
    await assert.rejects(startTestHub({ home }), { code: 'hub-runs', url: hub.url, message: names });
    await assert.rejects(startTestHub({ home, port: Number(portOf(hub.url)) }), { code: 'hub-runs', url: hub.url });
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
    await assert.rejects(startTestHub({ home }), { code: 'hub-runs' });
    await assert.rejects(startTestHub({ home }), { code: 'hub-runs' }, 'a failed attempt takes nothing from who has it');
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

  it('is waited for while its last hub is ending, and then the hub is where it was told to be', async () => {
    const lock = await lockHome({ home });
    const port = await freePort();
    const starting = startTestHub({ home, port });
    assert.equal(await Promise.race([starting, setTimeout(100, 'waits')]), 'waits');
    lock.dispose();
    const { hub } = await starting;
    assert.equal(hub.url, `http://127.0.0.1:${port}`);
    await hub.close();
  });

  it('is that of a hub which was too busy to prove itself when it was asked first', async () => {
    await (await startTestHub({ home })).hub.close();
    const lock = await lockHome({ home });
    const hub = await startProvingServer({ secret: readSecret(home) ?? '', isAnswered: (count) => count > 1 });
    const url = `http://127.0.0.1:${hub.port}`;
    announce(home, url);
    await assert.rejects(lockHome({ home }), { code: 'hub-runs', url });
    hub.close();
    lock.dispose();
  });

  it('is taken where whoever holds it does not prove to be its hub, whatever hub.json says', async () => {
    const stranger = await startStranger({});
    const lock = await lockHome({ home });
    announce(home, stranger.url);
    await assert.rejects(startTestHub({ home }), { code: 'home-taken', message: /reload the other windows/ });
    assert.deepEqual(stranger.tokens(), []);
    lock.dispose();
    await stranger.close();
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
