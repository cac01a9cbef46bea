import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startHub } from '../../src/hub/hub.ts';
import { StartError } from '../../src/hub/lifecycle/startError.ts';
import type { HubOptions } from '../../src/hub/start/hubOptions.ts';
import type { openEndpoints } from '../../src/hub/start/openEndpoints.ts';
import { nullLog } from '../../src/util/log.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';
import { freePort } from '../support/freePort.ts';
import { makeHome, startTestHub } from '../support/testHub.ts';

describe('a hub that can not start', () => {
  let home: string;
  let port: number;
  let clock: FakeClock;

  beforeEach(async () => {
    home = makeHome();
    port = await freePort();
    clock = createFakeClock();
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const start = (options: Partial<HubOptions> = {}, openedBy?: typeof openEndpoints) =>
    startHub({ home, port, version: '0.0.0', clock, log: nullLog, ...options }, openedBy);

  /** The port, the files below the home folder that this process holds open, and the timers. */
  async function assertNothingIsOpen(why: string): Promise<void> {
    const probe = createServer();
    await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(port, '127.0.0.1', resolve));
    await new Promise((resolve) => probe.close(resolve));
    assert.deepEqual(openFiles(home), [], why);
    assert.equal(clock.pending, 0, `${why}: timers`);
  }

  it('leaves nothing open, whichever file it refuses', async () => {
    for (const name of ['master-secret', 'generations.json', 'hub.lock', 'hub.db']) {
      rmSync(home, { recursive: true, force: true });
      mkdirSync(home, { mode: 0o700 });
      // Anybody may write there, or it is no file at all.
      mkdirSync(join(home, name));
      await assert.rejects(start(), StartError, name);
      await assertNothingIsOpen(name);
      rmSync(join(home, name), { recursive: true });
      writeFileSync(join(home, name), '{');
      chmodSync(join(home, name), 0o666);
      await start().then(
        (hub) => hub.close(),
        () => undefined,
      );
      await assertNothingIsOpen(`${name}, which others may write`);
    }
    assert.ok(existsSync(home));
  });

  it('leaves nothing open, at whichever of its timers it fails', async () => {
    // The first start makes the files, so that every other one comes as far as this one.
    const counting = counted(Number.POSITIVE_INFINITY);
    const hub = await start({ clock: counting });
    const { begun } = counting;
    await hub.close();
    await assertNothingIsOpen('a hub that was closed');
    assert.ok(begun >= 5, `${begun} timers`);
    for (let last = 1; last <= begun; last += 1) {
      await assert.rejects(start({ clock: counted(last) }), /no more timers/);
      await assertNothingIsOpen(`timer ${last}`);
    }
    const test = await startTestHub({ home, port });
    await test.dispose();
  });

  it('leaves nothing open when what is handed in fails', async () => {
    const fail = (): never => {
      throw new Error('a fault of ours');
    };
    await assert.rejects(start({}, fail), /a fault of ours/);
    await assertNothingIsOpen('the endpoints');
    await assert.rejects(start({ loadSqlite: () => undefined }), StartError);
    await assertNothingIsOpen('no SQLite');
    const log = { ...nullLog, child: fail };
    await assert.rejects(start({ log }), /a fault of ours/);
    await assertNothingIsOpen('the log');
  });

  /** A clock that fails when the `last` timer is begun. */
  function counted(last: number): FakeClock & { begun: number } {
    const note = <T>(begin: () => T): T => {
      own.begun += 1;
      if (own.begun >= last) throw new Error('no more timers');
      return begin();
    };
    const own = {
      ...clock,
      get pending() {
        return clock.pending;
      },
      begun: 0,
      after: (ms: number, fn: () => void) => note(() => clock.after(ms, fn)),
      every: (ms: number, fn: () => void) => note(() => clock.every(ms, fn)),
    };
    return own;
  }
});

/** The open files of this process below a folder; none where the system doesn't tell. */
function openFiles(folder: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${name}`);
      return file.startsWith(folder) ? [file] : [];
    } catch {
      return [];
    }
  });
}
