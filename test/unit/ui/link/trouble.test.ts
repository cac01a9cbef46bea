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
const waiting = { kind: 'waiting', reason: '', delayMs: 1 } as const;
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
    const said = () => trouble.state(clock.now());
    return { trouble, store, done, prompts, said };
  }

  it('is said where the user looks, with who has the port and what mends it', async () => {
    const { said } = setUp({ link: taken });
    await waitFor('the holder to be known', () => /pid/.test(said()?.text ?? ''));
    assert.deepEqual(said(), { text: 'Port 5555 is taken by no\\u202Ede (pid 4711).', buttons: ['port', 'restart', 'log'] });
  });

  it('offers another port only where that mends it, and says the whole reason', () => {
    assert.deepEqual(setUp({ link: noSqlite }).said(), { text: 'No SQLite.', buttons: ['restart', 'log'] });
    assert.match(setUp({ link: { ...taken, code: 'port-taken-by-hub' } }).said()?.text ?? '', /hub of another user/);
  });

  it('stays on the screen while it is tried again, and goes with the hub that runs', () => {
    const { said, store } = setUp({ link: taken });
    for (const link of [{ kind: 'starting' }, { kind: 'connecting' }, waiting] as const) {
      store.setLink(link);
      assert.match(said()?.text ?? '', /^Port 5555/, link.kind);
    }
    store.setLink({ kind: 'live' });
    assert.equal(said(), undefined);
  });

  it('is another thing than a connection that was lost, which is said until it is back', () => {
    const { said, store, trouble } = setUp({ link: { kind: 'live' } });
    let changes = 0;
    trouble.onDidChange(() => (changes += 1));
    store.setLink({ kind: 'connecting' });
    assert.equal(said(), undefined, 'nothing is lost at the first attempt');
    for (const link of [waiting, { kind: 'connecting' }, waiting] as const) {
      store.setLink(link);
      assert.deepEqual(said(), { text: 'Connection to the hub lost. Reconnecting…', buttons: [] }, link.kind);
    }
    store.setLink(noSqlite);
    assert.equal(said()?.text, 'No SQLite.', 'why there is no hub is more than that there is none');
    store.setLink({ kind: 'live' });
    assert.deepEqual([said(), changes], [undefined, 3]);
  });

  it('keeps no command from running while only the connection is lost', async () => {
    const { trouble, store, done, prompts } = setUp({ link: { kind: 'live' } });
    store.setLink(waiting);
    await trouble.needsHub(async () => void done.push('ran'))(undefined);
    assert.deepEqual([done, prompts.shown], [['ran'], []]);
  });

  it('says so when it has been tried again in vain', async () => {
    const prompts = new FakePrompts({ press: 'Use Another Port' });
    const { trouble, done, said } = setUp({ link: taken, prompts, afterRestart: { ...taken } });
    await trouble.tryAgain();
    assert.match(prompts.texts[0] ?? '', /^The hub still can’t run: Port 5555 is taken by/);
    assert.deepEqual(done, ['restart', 'port']);
    assert.match(said()?.text ?? '', /^Port 5555 .* · tried again just now\.$/);
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
