import assert from 'node:assert/strict';
import type { LinkState } from '../../../../src/client/linkState.ts';
import { createTrouble } from '../../../../src/ui/link/trouble.ts';
import { translatable } from '../../../../src/util/sentence.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { waitFor } from '../../../support/waitFor.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { board, english } from '../support/fixtures.ts';

const taken: LinkState = { kind: 'failed', reason: translatable('in the words of the hub'), code: 'port-taken', port: 5_555 };
const noSqlite: LinkState = { kind: 'failed', reason: translatable('No SQLite.'), code: 'sqlite-missing' };

describe('a hub that does not run', () => {
  function setUp({
    link,
    prompts = new FakePrompts(),
    afterRestart,
  }: {
    link: LinkState;
    prompts?: FakePrompts;
    afterRestart?: LinkState;
  }) {
    const store = new FakeBoardStore(board());
    const done: string[] = [];
    const clock = createFakeClock();
    const trouble = createTrouble({
      board: store,
      prompts,
      portHolder: async (port) => (port === 5_555 ? { program: 'no\u202Ede', pid: 4_711 } : undefined),
      async restartHub() {
        done.push('restart');
        store.setLink({ kind: 'starting' });
        if (afterRestart !== undefined) store.setLink(afterRestart);
      },
      useAnotherPort: async () => void done.push('port'),
      showLog: () => void done.push('log'),
      showNeedsYou: async () => void done.push('needsYou'),
      report: assert.ifError,
      clock,
      l10n: english,
    });
    store.setLink(link);
    const labels = (): string[] => trouble.rows(clock.now()).map(({ label }) => label);
    return { trouble, store, done, prompts, labels, clock };
  }

  it('is said where the user looks, with who has the port and what mends it', async () => {
    const { labels, trouble, clock } = setUp({ link: taken });
    await waitFor('the holder to be known', () => /pid/.test(labels()[0] ?? ''));
    assert.deepEqual(labels(), ['Port 5555 is taken by no\\u202Ede (pid 4711)', 'Use Another Port', 'Try Again', 'Show Log']);
    assert.deepEqual(
      trouble.rows(clock.now()).map(({ click }) => click),
      [undefined, 'agentrq.useAnotherPort', 'agentrq.restartHub', 'agentrq.showLog'],
    );
  });

  it('offers another port only where that mends it, and says the whole reason', () => {
    assert.deepEqual(setUp({ link: noSqlite }).labels(), ['No SQLite', 'Try Again', 'Show Log']);
    assert.match(setUp({ link: { ...taken, code: 'port-taken-by-hub' } }).labels()[0] ?? '', /hub of another user/);
  });

  it('stays on the screen while it is tried again, and goes with the hub that runs', () => {
    const { labels, store } = setUp({ link: taken });
    store.setLink({ kind: 'starting' });
    assert.equal(labels().length, 4);
    store.setLink({ kind: 'live' });
    assert.deepEqual(labels(), []);
    store.setLink({ kind: 'waiting', reason: '', delayMs: 1 });
    assert.deepEqual(labels(), [], 'a lost connection is no failed hub');
  });

  it('says so when it has been tried again in vain', async () => {
    const prompts = new FakePrompts({ press: 'Use Another Port' });
    const { trouble, done, clock } = setUp({ link: taken, prompts, afterRestart: { ...taken } });
    await trouble.tryAgain();
    assert.match(prompts.texts[0] ?? '', /^The hub still can’t run: Port 5555 is taken by/);
    assert.deepEqual(done, ['restart', 'port']);
    assert.equal(trouble.rows(clock.now())[0]?.description, 'tried again just now');
  });

  it('is silent when it runs after that', async () => {
    const { trouble, prompts } = setUp({ link: taken, afterRestart: { kind: 'live' } });
    await trouble.tryAgain();
    assert.deepEqual(prompts.shown, []);
  });

  it('keeps commands that need it from running, says why, and leads to what mends it', async () => {
    const prompts = new FakePrompts({ press: 'Fix…' });
    const { trouble, done, store } = setUp({ link: taken, prompts });
    const command = trouble.needsHub(async () => void done.push('ran'));
    await command(undefined);
    assert.match(prompts.texts[0] ?? '', /^The hub is not running: Port 5555/);
    store.setLink({ kind: 'live' });
    await command(undefined);
    assert.deepEqual(done, ['needsYou', 'ran']);
  });
});
