import assert from 'node:assert/strict';
import type { LinkState } from '../../../../src/client/linkState.ts';
import { offerPort } from '../../../../src/ui/link/offerPort.ts';
import { failureSentence } from '../../../../src/ui/text/linkText.ts';
import { Emitter } from '../../../../src/util/emitter.ts';
import { translatable } from '../../../../src/util/sentence.ts';
import { waitFor } from '../../../support/waitFor.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { board, english } from '../support/fixtures.ts';

const taken: LinkState = { kind: 'failed', reason: translatable('in the words of the hub'), code: 'port-taken', port: 5_555 };

describe('a hub that can not have its port', () => {
  function setUp(prompts: FakePrompts, focused = true) {
    const store = new FakeBoardStore(board());
    const acted = new Emitter<{ kind: 'focus'; on: boolean }>(assert.ifError);
    const activity = { focused, onDidAct: acted.event };
    let moves = 0;
    const offered = offerPort({
      board: store,
      prompts,
      activity,
      useAnotherPort: async () => void (moves += 1),
      report: assert.ifError,
      l10n: english,
    });
    return { store, activity, acted, offered, moves: () => moves };
  }

  it('says so once, with a button that makes it good', async () => {
    const prompts = new FakePrompts({ press: 'Use Another Port' });
    const { store, moves } = setUp(prompts);
    store.setLink(taken);
    await waitFor('the button to be pressed', () => moves() === 1);
    assert.deepEqual(prompts.texts, [
      'Port 5555 is taken by another program, not your hub. Stop that program, or choose another port, or none, in the setting agentrq.hub.port.',
    ]);
    store.setLink({ kind: 'starting' });
    store.setLink(taken);
    assert.equal(prompts.shown.length, 1, 'it is tried again without a word');
    store.setLink({ kind: 'live' });
    prompts.will('escape');
    store.setLink(taken);
    assert.equal(prompts.shown.length, 2, 'it had been good meanwhile');
  });

  it('says it in the window that is looked at, and after its end nowhere', () => {
    const prompts = new FakePrompts('escape');
    const { store, activity, acted, offered } = setUp(prompts, false);
    store.setLink(taken);
    assert.deepEqual(prompts.shown, []);
    activity.focused = true;
    acted.fire({ kind: 'focus', on: true });
    assert.equal(prompts.shown.length, 1);
    offered.dispose();
    store.setLink({ kind: 'live' });
    store.setLink(taken);
    assert.equal(prompts.shown.length, 1);
  });

  it('says nothing of failures that another port does not make good', () => {
    const prompts = new FakePrompts();
    const { store } = setUp(prompts);
    store.setLink({ kind: 'failed', reason: translatable('No SQLite.'), code: 'sqlite-missing' });
    store.setLink({ kind: 'failed', reason: translatable('No idea.') });
    store.setLink({ kind: 'waiting', reason: 'gone', delayMs: 1 });
    assert.deepEqual(prompts.shown, []);
  });

  it('has words of the window’s own for each of these, and those of the hub for the rest', () => {
    const say = (code?: string) =>
      failureSentence({ kind: 'failed', reason: translatable('as the hub says'), port: 7, ...(code !== undefined && { code }) }, english);
    assert.match(say('port-taken'), /Port 7 is taken by another program, not your hub/);
    assert.match(say('port-taken-by-hub'), /Port 7 belongs to the AgentRQ hub of another user/);
    assert.match(say('ports-taken'), /All the ports/);
    assert.match(say('listen-failed'), /can’t listen on port 7/);
    assert.equal(say('home-taken'), 'as the hub says');
    assert.equal(say(), 'as the hub says');
  });
});
