import assert from 'node:assert/strict';
import { createHubLink, type HubLink, type StartedHub } from '../../../src/client/hubLink.ts';
import type { LinkState } from '../../../src/client/linkState.ts';
import { nullLog } from '../../../src/util/log.ts';
import { inEnglish, translatable } from '../../../src/util/sentence.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('hubLink', () => {
  /** A link whose hubs are handed out one by one. */
  function setUp(...hubs: ((port: number) => StartedHub)[]) {
    const clock = createFakeClock();
    const reported: LinkState[] = [];
    const stopped: string[] = [];
    let starts = 0;
    let changes = 0;
    let returns = 0;
    const link: HubLink = createHubLink({
      async startHub(token) {
        assert.equal(token, 'the token');
        const make = hubs[Math.min(starts, hubs.length - 1)] ?? assert.fail();
        starts += 1;
        return make(starts);
      },
      token: async () => 'the token',
      report: (state) => reported.push(state),
      clock,
      random: () => 0.5,
      log: nullLog,
    });
    link.onDidChangeAddress(() => (changes += 1));
    link.onDidReturn(() => (returns += 1));
    return { link, clock, reported, stopped, starts: () => starts, changes: () => changes, returns: () => returns };
  }

  const url = (port: number) => `http://127.0.0.1:${port}`;
  const elsewhere = (port: number): StartedHub => ({ kind: 'elsewhere', url: url(port) });
  const failed = (): StartedHub => ({ kind: 'failed', reason: translatable('No room.'), permanent: true });
  const busy = (): StartedHub => ({ kind: 'failed', reason: translatable('It is locked.'), permanent: false });
  const broken = (): StartedHub => {
    throw new Error('the disk is gone');
  };

  /** A hub in this window, with the means to end it. */
  function own() {
    const ended: (() => void)[] = [];
    const make = (port: number): StartedHub => {
      const end = Promise.withResolvers<void>();
      ended.push(end.resolve);
      return { kind: 'listening', url: url(port), stop: async () => end.resolve(), ended: end.promise };
    };
    return { make, crash: () => ended.at(-1)?.() };
  }

  it('gives the address of the hub that it started, also to those who asked before', async () => {
    const { link, reported, changes } = setUp(own().make);
    const asked = link.address();
    await link.start();
    assert.deepEqual(await asked, { url: url(1), token: 'the token' });
    assert.deepEqual(reported, [{ kind: 'starting' }]);
    assert.equal(changes(), 1);
  });

  it('starts one hub, however many ask for it', async () => {
    const { link, starts } = setUp(own().make);
    await Promise.all([link.start(), link.start(), link.start()]);
    assert.equal(starts(), 1);
  });

  it('says why there is no hub, and tries again when it is told to', async () => {
    const { link, reported } = setUp(failed, own().make);
    await link.start();
    assert.deepEqual(reported, [{ kind: 'starting' }, { kind: 'failed', reason: translatable('No room.') }]);
    await assert.rejects(link.address(), { name: 'UserError', message: 'No room.' });
    await link.restart();
    assert.equal((await link.address()).url, url(2));
  });

  it('says so when not even the attempt was possible', async () => {
    const { link, reported } = setUp(() => {
      throw new Error('the disk is gone');
    });
    await link.start();
    const last = reported.at(-1);
    assert.match(last?.kind === 'failed' ? inEnglish(last.reason) : '', /could not be started: the disk is gone.*Restart Hub/);
  });

  it('tries again by itself when the reason may pass, and says it once for as long as it lasts', async () => {
    const { link, clock, reported, starts, changes } = setUp(busy, busy, broken, elsewhere);
    await link.start();
    await assert.rejects(link.address(), { name: 'UserError', message: 'It is locked.' });
    await waitFor('the hub', () => {
      clock.advance(100);
      return changes() === 1;
    });
    assert.deepEqual(
      reported.map((state) => (state.kind === 'failed' ? inEnglish(state.reason) : state.kind)),
      ['starting', 'It is locked.', 'The hub could not be started: the disk is gone. Run “AgentRQ: Restart Hub”, or look at its log.'],
    );
    assert.deepEqual([(await link.address()).url, starts()], [url(4), 4]);
    clock.advance(60_000);
    assert.equal(starts(), 4);
  });

  it('does not try again what will never do, nor once it has ended', async () => {
    const lasting = setUp(failed);
    await lasting.link.start();
    lasting.clock.advance(60_000);
    assert.equal(lasting.starts(), 1);
    const passing = setUp(busy);
    await passing.link.start();
    await passing.link.stop();
    passing.clock.advance(60_000);
    assert.equal(passing.starts(), 1);
  });

  it('brings a hub back that ended though nobody asked for it', async () => {
    const hub = own();
    const { link, clock, starts, changes } = setUp(hub.make);
    await link.start();
    hub.crash();
    const again = waitFor('a second start', () => {
      clock.advance(1_000);
      return starts() === 2;
    });
    await again;
    await waitFor('the new address', () => changes() === 2);
    assert.equal((await link.address()).url, url(2));
  });

  it('does not bring back a hub that it stopped itself', async () => {
    const { link, clock, starts } = setUp(own().make);
    await link.start();
    await link.restart();
    assert.equal(starts(), 2);
    clock.advance(60_000);
    await link.stop();
    clock.advance(60_000);
    assert.equal(starts(), 2);
  });

  it("joins another window's hub, leaves it alone while it is there, and takes its place when it is gone", async () => {
    const { link, reported, changes, starts } = setUp(
      () => elsewhere(1),
      () => elsewhere(1),
      own().make,
    );
    await link.start();
    assert.equal((await link.address()).url, url(1));
    await link.takeOver();
    assert.deepEqual([starts(), changes(), reported.length], [2, 1, 1], 'it is still there: nothing changes');
    await link.takeOver();
    assert.equal(changes(), 2);
    assert.equal((await link.address()).url, url(3));
    await link.takeOver();
    assert.equal(starts(), 3, 'the hub is ours now');
  });

  it("follows another window's hub that comes back at another address", async () => {
    const { link, changes, returns } = setUp(elsewhere, elsewhere);
    await link.start();
    await link.takeOver();
    assert.deepEqual([(await link.address()).url, changes(), returns()], [url(2), 2, 0]);
  });

  it('says so when another program has the port that was set, and goes on trying', async () => {
    const taken = (): StartedHub => ({ kind: 'failed', reason: translatable('Taken.'), permanent: false, code: 'port-taken', port: 5 });
    const { link, clock, reported, changes } = setUp(elsewhere, taken, own().make);
    await link.start();
    await link.takeOver();
    assert.deepEqual(reported.at(-1), { kind: 'failed', reason: translatable('Taken.'), code: 'port-taken', port: 5 });
    await assert.rejects(link.address(), /Taken/);
    await waitFor('another start', () => {
      clock.advance(60_000);
      return changes() === 2;
    });
    assert.equal((await link.address()).url, url(3));
  });

  it('says that the hub is there again, here or in another window, without a word about its address if that is the same', async () => {
    const same = (): StartedHub => elsewhere(1);
    const { link, changes, returns } = setUp(same, same, busy, () => own().make(1));
    await link.start();
    const address = await link.address();
    await link.takeOver();
    assert.deepEqual([changes(), returns()], [1, 1], 'another window was faster');
    await link.takeOver();
    assert.deepEqual([changes(), returns()], [1, 1], 'it could not be started; the stream goes on trying');
    await link.takeOver();
    assert.deepEqual([changes(), returns()], [1, 2], 'it runs here');
    assert.deepEqual(await link.address(), address);
  });

  it('stops a hub that comes up after everything has ended', async () => {
    let stopped = false;
    const { link, changes } = setUp((port) => ({
      kind: 'listening',
      url: url(port),
      stop: async () => {
        stopped = true;
      },
      ended: new Promise(() => {}),
    }));
    const starting = link.start();
    link.dispose();
    await starting;
    assert.equal(stopped, true);
    assert.equal(changes(), 0);
  });
});
