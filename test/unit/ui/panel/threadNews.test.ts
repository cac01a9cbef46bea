import assert from 'node:assert/strict';
import { hasUnseen } from '../../../../src/ui/panel/threadNews.ts';
import { ago, request, task } from '../support/fixtures.ts';

describe('news of a task', () => {
  const newsIn = (of: Parameters<typeof task>[0], asked?: string): boolean =>
    hasUnseen({ task: task(of), requests: new Map(asked === undefined ? [] : [['r', request({ createdAt: asked })]]) });

  it('is all of it until the user has seen it', () => assert.equal(newsIn({}), true));

  it('is what was written or asked after that', () => {
    assert.equal(newsIn({ seenAt: ago(10) }), false);
    assert.equal(newsIn({ seenAt: ago(10), lastMessageAt: ago(10) }), false);
    assert.equal(newsIn({ seenAt: ago(10), lastMessageAt: ago(9) }), true);
    assert.equal(newsIn({ seenAt: ago(10) }, ago(11)), false);
    assert.equal(newsIn({ seenAt: ago(10) }, ago(9)), true);
  });

  it('is nothing of a task that is gone', () => assert.equal(hasUnseen({ task: undefined, requests: new Map() }), false));
});
