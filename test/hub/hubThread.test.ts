import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StartedHub } from '../../src/client/hubLink.ts';
import { createHubThread } from '../../src/host/hubThread.ts';
import { nullLog } from '../../src/util/log.ts';
import { freePort } from '../support/freePort.ts';
import { programs } from '../support/programs.ts';
import { makeHome } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

const worker = pathToFileURL(programs.hub).href;

describe("the thread of a window's hub", () => {
  const token = 'p'.repeat(43);
  let home: string;
  /** Where hubs are started from now on. */
  let folder: string;
  let homes: string[];
  let port: number;
  let made: { dispose(): void }[];
  let hubs: StartedHub[];

  beforeEach(async () => {
    home = makeHome();
    folder = home;
    homes = [home];
    port = await freePort();
    made = [];
    hubs = [];
  });

  afterEach(async () => {
    for (const hub of hubs) if (hub.kind === 'listening') await hub.stop();
    for (const thread of made) thread.dispose();
    for (const each of homes) rmSync(each, { recursive: true, force: true });
  });

  /** A window's. Its program notes how often it was read, and ends when the file `end` is there. */
  function openWindow(name: string): { start(): Promise<StartedHub>; reads(): number; endPath: string; ended(): boolean } {
    const [notes, endPath, entry] = [join(home, `${name}.reads`), join(home, `${name}.end`), join(home, `${name}.mjs`)];
    writeFileSync(notes, '');
    writeFileSync(
      entry,
      `import { appendFileSync, existsSync } from 'node:fs';
       appendFileSync(${JSON.stringify(notes)}, 'read ');
       setInterval(() => {
         if (!existsSync(${JSON.stringify(endPath)})) return;
         appendFileSync(${JSON.stringify(notes)}, 'ended ');
         process.exit(3);
       }, 10).unref();
       await import(${JSON.stringify(worker)});`,
    );
    const thread = createHubThread({
      entry,
      options: () => ({ home: folder, port, version: '1.0.0', waitSeconds: {} }),
      warn: () => {},
      log: nullLog,
    });
    made.push(thread);
    const noted = (word: string): number => readFileSync(notes, 'utf8').split(word).length - 1;
    const start = async (): Promise<StartedHub> => {
      const hub = await thread.start(token);
      hubs.push(hub);
      return hub;
    };
    return { start, reads: () => noted('read '), endPath, ended: () => noted('ended ') > 0 };
  }

  async function stop(hub: StartedHub): Promise<void> {
    assert.equal(hub.kind, 'listening');
    if (hub.kind === 'listening') await hub.stop();
  }

  it('stays where another window runs the hub, and takes its place with the program that it has read', async () => {
    const [one, other] = [openWindow('one'), openWindow('other')];
    const first = await one.start();
    assert.deepEqual(await other.start(), { kind: 'elsewhere', url: `http://127.0.0.1:${port}` });
    assert.deepEqual(await other.start(), { kind: 'elsewhere', url: `http://127.0.0.1:${port}` }, 'as often as it is tried');
    await stop(first);
    assert.equal((await other.start()).kind, 'listening');
    assert.equal(other.reads(), 1);
  });

  it('is made anew for another port or folder, and the one that waited ends', async () => {
    const [one, other] = [openWindow('one'), openWindow('other')];
    await one.start();
    await other.start();
    port = await freePort();
    folder = makeHome();
    homes.push(folder);
    assert.equal((await other.start()).kind, 'listening');
    assert.equal(other.reads(), 2);
  });

  it('is made anew when the one that waited has ended', async () => {
    const [one, other] = [openWindow('one'), openWindow('other')];
    const first = await one.start();
    await other.start();
    writeFileSync(other.endPath, '');
    await waitFor('the thread to end', () => other.ended());
    rmSync(other.endPath);
    await stop(first);
    // What the thread wrote comes before its end, so the first try may still find it.
    await waitFor('the window to run the hub', async () => (await other.start()).kind === 'listening');
    assert.equal(other.reads(), 2);
  });
});
