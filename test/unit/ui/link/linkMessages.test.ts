import assert from 'node:assert/strict';
import { linkMessages } from '../../../../src/ui/link/linkMessages.ts';
import { translatable } from '../../../../src/util/sentence.ts';
import { english } from '../support/fixtures.ts';

const failed = { kind: 'failed', reason: translatable('Port 41837 is taken.') } as const;
const reason = 'The hub is not running: Port 41837 is taken.';

describe('linkMessages', () => {
  it('leaves room for the welcome text of a failed hub, with the reason in the next view', () => {
    assert.deepEqual(linkMessages({ link: failed, lost: false, empty: true }, english), { needsYou: '', tasks: reason });
  });

  it('says the reason above what needs the person, when something does', () => {
    assert.deepEqual(linkMessages({ link: failed, lost: false, empty: false }, english), { needsYou: reason, tasks: '' });
  });

  it('says that the connection is gone, also while it is tried anew', () => {
    for (const link of [{ kind: 'waiting', reason: '', delayMs: 1 }, { kind: 'connecting' }] as const) {
      assert.match(linkMessages({ link, lost: true, empty: true }, english).needsYou, /Connection to the hub lost/);
    }
  });

  it('is silent when all is well', () => {
    assert.deepEqual(linkMessages({ link: { kind: 'live' }, lost: false, empty: true }, english), { needsYou: '', tasks: '' });
  });
});
