import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whileLocked } from '../../../src/agents/config/whileLocked.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('the lock of Claude Code', () => {
  let root: string;
  let lock: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'agentrq-lock-'));
    lock = join(root, '.claude.json.lock');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is held while something is done, and goes whatever came of it', async () => {
    assert.equal(await whileLocked(lock, systemClock, async () => existsSync(lock)), true);
    assert.equal(existsSync(lock), false);
    await assert.rejects(
      whileLocked(lock, systemClock, async () => {
        throw new Error('no');
      }),
      /no/,
    );
    assert.equal(existsSync(lock), false);
  });

  it('is waited for, but not for ever, and never taken from whoever holds it', async () => {
    const clock = createFakeClock(Date.now());
    mkdirSync(lock);
    const later = whileLocked(lock, clock, async () => 'done');
    await waitFor('an attempt', () => clock.pending === 1);
    rmSync(lock, { recursive: true });
    clock.advance(50);
    assert.equal(await later, 'done');

    mkdirSync(lock);
    let isOver = false;
    const never = whileLocked(lock, clock, async () => 'done').finally(() => (isOver = true));
    await waitFor('it to give up', () => {
      if (clock.pending > 0) clock.advance(50);
      return isOver;
    });
    assert.equal(await never, undefined);
    assert.equal(existsSync(lock), true);
  });

  it('of a process that died is taken', async () => {
    const clock = createFakeClock(Date.now());
    mkdirSync(lock);
    const then = new Date(clock.now() - 31_000);
    utimesSync(lock, then, then);
    let isOver = false;
    const taken = whileLocked(lock, clock, async () => 'done').finally(() => (isOver = true));
    await waitFor('it to be done', () => {
      if (clock.pending > 0) clock.advance(50);
      return isOver;
    });
    assert.equal(await taken, 'done');
  });

  it('is no matter where no folder can be made', async () => {
    assert.equal(await whileLocked(join(root, 'gone', 'lock'), systemClock, async () => 'done'), 'done');
  });
});
