import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { survive } from '../../../src/hub/lifecycle/survive.ts';
import { nullLog } from '../../../src/util/log.ts';
import { createFakeClock } from '../../support/fakeClock.ts';

describe('a failure that nobody caught', () => {
  it('ends neither a thread nor a process', async () => {
    const module = pathToFileURL(`${import.meta.dirname}/../../../src/hub/lifecycle/survive.ts`).href;
    const program = `
      import { Worker, isMainThread } from 'node:worker_threads';
      import { survive } from ${JSON.stringify(module)};
      const log = { error() {} };
      survive(process, { log, now: Date.now, failed: (what, { message }) => console.log(what + ': ' + message), giveUp() {} });
      setTimeout(() => { throw new Error('timer'); });
      void Promise.reject(new Error('promise'));
      setTimeout(() => { console.log('goes on'); if (isMainThread) new Worker(new URL(process.env.SELF)); }, 20);
    `;
    const self = `data:text/javascript,${encodeURIComponent(program)}`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { env: { ...process.env, SELF: self } });
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    const once1 = ['nobody waited for: promise', 'nobody caught: timer', 'goes on'];
    assert.deepEqual(said.trim().split('\n'), [...once1, ...once1]);
    assert.equal(code, 0);
  });

  it('ends the hub in order when one comes after the other', () => {
    const clock = createFakeClock();
    const process = new EventEmitter();
    const noted: string[] = [];
    let gaveUp = 0;
    survive(process, { log: nullLog, now: clock.now, failed: (what) => noted.push(what), giveUp: () => (gaveUp += 1) });
    for (let count = 0; count < 100; count += 1) {
      process.emit('uncaughtException', new Error('now and then'));
      clock.advance(10_000);
    }
    assert.equal(gaveUp, 0);
    for (let count = 0; count < 100; count += 1) process.emit('unhandledRejection', new Error('always'));
    assert.equal(gaveUp, 1);
    assert.equal(noted.length, 200);
  });
});
