import assert from 'node:assert/strict';
import { HubError } from '../../src/protocol/hubErrors.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';

describe('what is announced to the user', () => {
  let test: TestHub;

  before(async () => {
    test = await startTestHub();
  });

  after(() => test.dispose());

  it('is given to one of the windows that claim it at the same time', async () => {
    const windows = Array.from({ length: 20 }, (_, index) => `window${index}`);
    const claims = windows.map((windowId) => test.api.call('claimAnnouncement', { id: 'request:1', windowId }));
    const granted = (await Promise.all(claims)).map((claim) => claim.granted);
    assert.equal(granted.filter(Boolean).length, 1);
    const owner = windows[granted.indexOf(true)] ?? '';
    assert.deepEqual(await test.api.call('claimAnnouncement', { id: 'request:1', windowId: owner }), { granted: true });
  });

  it('needs an id and a window', async () => {
    for (const input of [
      { id: '', windowId: 'w' },
      { id: 'x', windowId: '' },
      { id: 'x'.repeat(201), windowId: 'w' },
    ])
      await assert.rejects(
        test.api.call('claimAnnouncement', input),
        (error) => error instanceof HubError && error.code === 'invalid_input',
      );
  });
});
