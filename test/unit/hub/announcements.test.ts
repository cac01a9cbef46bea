import assert from 'node:assert/strict';
import { createAnnouncements } from '../../../src/hub/service/announcements.ts';

describe('announcements', () => {
  it('are given to the first window that claims them, as often as it asks', () => {
    const announcements = createAnnouncements();
    assert.deepEqual(
      [announcements.claim('a', 'one'), announcements.claim('a', 'two'), announcements.claim('a', 'one'), announcements.claim('b', 'two')],
      [true, false, true, true],
    );
  });

  it('are kept ten thousand at a time, the newest', () => {
    const announcements = createAnnouncements();
    for (let index = 0; index <= 10_000; index += 1) announcements.claim(`id${index}`, 'one');
    assert.equal(announcements.claim('id10000', 'two'), false);
    assert.equal(announcements.claim('id1', 'two'), false);
    assert.equal(announcements.claim('id0', 'two'), true);
  });
});
