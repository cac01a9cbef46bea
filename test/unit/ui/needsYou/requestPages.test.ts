import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Request } from '../../../../src/protocol/model.ts';
import type { ToInbox } from '../../../../src/protocol/toInboxPage.ts';
import { pageKeyboard } from '../../../../src/ui/shell/pageKeyboard.ts';
import { Emitter } from '../../../../src/util/emitter.ts';
import { createLogger } from '../../../../src/util/log.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { FakePanel } from '../../../support/fakeVscode/panel.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { ago, board, now, permission, request } from '../support/fixtures.ts';

const { createNeedsYou } = await withFakeVscode(() => import('../../../../src/ui/needsYou/needsYou.ts'));

describe('the page of a request', () => {
  beforeEach(resetEditor);

  const alone = (over: Partial<Request> = {}): Request => {
    const { taskId: _, ...asked } = permission({}, over);
    return asked;
  };

  function begin(requests: readonly Request[] = [alone()]) {
    const clock = createFakeClock(now);
    /** How many tabs were opened to which the keyboard goes. */
    let kept = 0;
    const known = board({ requests: [...requests] });
    const store = new FakeBoardStore({ ...known, cursor: { epoch: 'e', number: 1 } });
    const api = new FakeHubApi({ answerRequest: () => ({ request: alone({ status: 'answered' }) }) });
    const pages = createNeedsYou({
      board: store,
      api,
      prompts: new FakePrompts(),
      clock,
      log: createLogger(() => {}),
      keyboard: pageKeyboard,
      keepInEditor: () => void (kept += 1),
      dist: '/dist',
      editor: 'VS Code',
      trouble: { state: () => undefined, onDidChange: new Emitter<void>(assert.ifError).event },
      loadOpeners: () => assert.fail('nothing is opened'),
      answered: () => {},
      report: assert.ifError,
    });
    const told = (): ToInbox[] => editor.panel.told as ToInbox[];
    const last = <T extends ToInbox['type']>(type: T) =>
      told().findLast((each): each is Extract<ToInbox, { type: T }> => each.type === type) ?? assert.fail(`nothing of ${type} was told`);
    /** As the page does once it has loaded. */
    function load(): void {
      editor.panel.say({ type: 'ready' });
      editor.panel.say({ type: 'read', id: last('begin').only });
      clock.advance(100);
    }
    /** The request has changed; as on a real board, what has been dealt with leaves it. */
    function tell(payload: Request): void {
      const left = new Map(['open', 'answered'].includes(payload.status) ? [[payload.id, payload]] : []);
      const after = { ...store.board, requests: left };
      store.change({ event: { type: 'request.updated', payload }, before: store.board, after, live: true });
    }
    return { pages, tell, api, clock, told, last, load, kept: () => kept };
  }

  it('has its card alone, open, and all of it, also what is as it was sent', async () => {
    const { pages, last, load } = begin([alone(), request({ id: 'request0002' })]);
    await pages.open(alone());
    load();
    assert.equal(editor.panel.title, 'Run: npm publish');
    assert.equal(editor.panel.wantsKeyboard, true);
    assert.equal(last('begin').only, 'request0001');
    assert.deepEqual([last('items').open, last('items').sent], [['request0001'], []]);
    const { content } = last('card').card;
    assert.ok(content.kind === 'permission' && content.raw.length > 0);
    await pages.open(alone());
    assert.equal(editor.panels.length, 1, 'it is shown, not opened twice');
    pages.dispose();
  });

  it('is answered there, and says from then on what was answered, also when the board has it no more', async () => {
    const { pages, tell, api, clock, last, load } = begin();
    await pages.open(alone());
    load();
    editor.panel.say({ type: 'decide', requestId: 'request0001', decision: 'deny', note: 'Not today.' });
    await turn();
    assert.deepEqual(api.calls[0]?.input, { workspaceId: 'workspace01', requestId: 'request0001', decision: 'deny', note: 'Not today.' });
    for (const [status, words] of [
      ['answered', 'denied · not read yet'],
      ['acted', 'denied · acted on'],
    ] as const) {
      const payload = alone({ status, answer: { decision: 'deny', note: 'Not today.', at: ago(0) } });
      tell(payload);
      clock.advance(100);
      assert.deepEqual([last('items').open, last('items').sent], [[], ['request0001']]);
      assert.equal(last('items').items[0]?.state, words);
      assert.deepEqual([last('card').card.open, last('card').card.verdict, last('card').card.answer.at(-1)], [false, 'no', 'Not today.']);
    }
    pages.dispose();
  });

  it('speaks of its own request alone', async () => {
    const { pages, api, last, load } = begin([alone(), alone({ id: 'request0002' })]);
    await pages.open(alone());
    load();
    editor.panel.say({ type: 'decide', requestId: 'request0002', decision: 'allow' });
    await turn();
    assert.deepEqual(api.calls, []);
    assert.match(last('notice').text, /no longer on the board/);
    pages.dispose();
  });

  it('stands beside a prompt without the keyboard, and goes with it unless it was open before', async () => {
    const { pages, kept } = begin();
    const beside = await pages.review(alone());
    assert.equal(editor.panel.wantsKeyboard, false);
    assert.equal(pages.inFront(), 'request0001');
    beside.dispose();
    beside.dispose();
    assert.equal(pages.inFront(), undefined);
    await pages.open(alone());
    const panel = editor.panel;
    panel.wantsKeyboard = false;
    (await pages.review(alone())).dispose();
    assert.deepEqual([editor.panels.length, panel.visible, panel.wantsKeyboard, kept()], [2, true, false, 1]);
    pages.dispose();
  });

  it('comes back after a reload, and says so when its request is gone', () => {
    const { pages, last, load } = begin([]);
    const panel = new FakePanel();
    editor.panels.push(panel);
    pages.restore(panel, { only: 'request0001', drafts: {} });
    load();
    assert.deepEqual([last('items').open, last('items').sent], [[], []]);
    assert.match(last('items').clear.text, /no longer on the board/);
    for (const state of [undefined, {}, { only: '../x' }, { only: 'request0001' }]) {
      const other = new FakePanel();
      pages.restore(other, state);
      assert.throws(() => other.visible, /disposed/, JSON.stringify(state));
    }
    pages.dispose();
  });

  it('is told nothing while it is out of sight, and everything when it is back', async () => {
    const { pages, tell, clock, told, load, last } = begin();
    await pages.open(alone());
    load();
    const before = told().length;
    editor.panel.show(false);
    tell(alone({ status: 'withdrawn' }));
    clock.advance(1_000);
    assert.equal(told().length, before);
    editor.panel.show(true);
    load();
    assert.deepEqual(last('items').sent, ['request0001']);
    assert.match(last('items').items[0]?.label ?? '', /Withdrawn\.$/);
    editor.panel.dispose();
    tell(alone());
    clock.advance(1_000);
    pages.dispose();
  });

  it('has a card that can still be answered when nobody waits for it any more', async () => {
    const { pages, last, load } = begin([]);
    await pages.open(alone({ status: 'expired' }));
    load();
    assert.deepEqual([last('items').open, last('card').card.open], [['request0001'], true]);
    assert.match(last('items').items[0]?.state ?? '', /^expired/);
    pages.dispose();
  });
});
