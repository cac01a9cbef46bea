import assert from 'node:assert/strict';
import { emptyInbox, type InboxModel } from '../../../../src/webview/inbox/inboxModel.ts';
import { standingAfter } from '../../../../src/webview/inbox/standing.ts';

describe('where the user stands after a change', () => {
  const of = (open: string, sent = ''): InboxModel => {
    const items = (ids: string): InboxModel['open'] => ids.split('').map((id) => ({ id }) as InboxModel['open'][number]);
    return { ...emptyInbox, open: items(open), sent: items(sent) };
  };
  const cases: readonly (readonly [
    what: string,
    before: InboxModel,
    after: InboxModel,
    at: string | undefined,
    then: readonly [reading: string | undefined, focused: string | undefined],
  ])[] = [
    ['stays where it is when others come', of('bc'), of('abcd'), 'b', ['b', 'b']],
    ['goes on to the next one when a card was answered', of('abc'), of('ac', 'b'), 'b', [undefined, 'c']],
    ['goes back to the last one when the last was answered', of('abc'), of('ab', 'c'), 'c', [undefined, 'b']],
    ['stands nowhere when the only one has gone', of('a'), of(''), 'a', [undefined, undefined]],
    ['waits for a card that is not known yet, after a reload', of(''), of(''), 'a', ['a', 'a']],
    ['stays on what was sent until the agent has it', of('a', 'b'), of('a', 'b'), 'b', ['b', 'b']],
    ['leaves what was sent once the agent has it', of('a', 'b'), of('a'), 'b', [undefined, 'a']],
  ];
  for (const [what, before, after, at, [reading, focused]] of cases)
    it(what, () => {
      const order = [...before.open, ...before.sent].map(({ id }) => id);
      assert.deepEqual(standingAfter(before, after, order, { reading: at, focused: at }), { reading, focused });
    });
});
