import assert from 'node:assert/strict';
import type { Request } from '../../../../src/protocol/model.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakePages } from '../support/fakePages.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { board, request, workspaceId } from '../support/fixtures.ts';
import { testAnswers } from '../support/testAnswers.ts';

function setUp(over: Partial<Request>, ...script: Act[]) {
  const asked = request({ kind: 'review', question: 'The login is fixed.', ...over });
  const store = new FakeBoardStore(board({ requests: [asked] }));
  const api = new FakeHubApi({ answerRequest: () => ({ request: asked }) });
  const prompts = new FakePrompts(...script);
  const pages = new FakePages();
  const flow = testAnswers({ board: store, api, prompts, pages });
  return { prompts, pages, ask: () => flow.ask('request0001'), sent: () => api.calls.map(({ input }) => input) };
}

const to = { workspaceId, requestId: 'request0001' };

describe('the verdict on a review', () => {
  it('is to approve, or to send back with a note', async () => {
    for (const [script, draft] of [
      [[{ pick: ['Approve'] }], { decision: 'approve' }],
      [[{ pick: ['Approve with a Note…'] }, { type: 'Well done.' }], { decision: 'approve', note: 'Well done.' }],
      [[{ pick: ['Send Back with a Note…'] }, { type: 'Tests, please.' }], { decision: 'sendBack', note: 'Tests, please.' }],
    ] as [Act[], object][]) {
      const { ask, sent } = setUp({}, ...script);
      await ask();
      assert.deepEqual(sent(), [{ ...to, ...draft }]);
    }
  });

  it('of a task for the user is that it is done, or rejected with a note, beside the words of the task', async () => {
    for (const [label, note, draft] of [
      ['Done', undefined, { decision: 'done' }],
      ['Done, with a Note…', 'It is in the vault.', { decision: 'done', note: 'It is in the vault.' }],
      ['Reject with a Note…', 'Not mine.', { decision: 'reject', note: 'Not mine.' }],
    ] as const) {
      const { ask, sent, prompts, pages } = setUp({ kind: 'task', question: 'Make a token' });
      let meanwhile: string[] = [];
      prompts.will({ meanwhile: () => (meanwhile = [...pages.reviewed]), then: { pick: [label] } });
      if (note !== undefined) prompts.will({ type: note });
      await ask();
      assert.deepEqual(sent(), [{ ...to, ...draft }]);
      const [pick] = prompts.shown;
      assert.ok(pick?.kind === 'pick');
      assert.equal(pick.options.title, 'Claude Code has a task for you · Fix the login');
      assert.deepEqual(meanwhile, ['request0001'], 'never without its words');
    }
  });

  it('says what there is to look at, and does not begin with what approves', async () => {
    const { ask, prompts, pages, sent } = setUp({}, 'escape');
    await ask();
    const pick = prompts.shown[0];
    assert.ok(pick?.kind === 'pick');
    assert.deepEqual(pick.labels, ['Send Back with a Note…', 'Approve', 'Approve with a Note…']);
    assert.deepEqual(
      [pick.options.title, pick.options.placeholder, pick.options.guard],
      ['Claude Code asks for a review · Fix the login', 'The login is fixed.', 'typing'],
    );
    assert.deepEqual([sent(), pages.opened, [...pages.reviewed]], [[], [], []]);
  });

  it('is asked for with all of it on a page beside, as long as it takes', async () => {
    for (const over of [{ question: 'One line, and so on, until it does not fit.\n'.repeat(9) }, { place: { file: 'a.ts', line: 3 } }]) {
      const { ask, prompts, pages } = setUp(over);
      let meanwhile: string[] = [];
      prompts.will({ meanwhile: () => (meanwhile = [...pages.reviewed]), then: 'escape' });
      await ask();
      assert.deepEqual([meanwhile, [...pages.reviewed]], [['request0001'], []]);
    }
  });

  it('keeps a note for the next time', async () => {
    const note = { pick: ['Send Back with a Note…'] };
    const { ask, prompts, sent } = setUp({}, note, { typeThenEscape: 'Tests' }, note, 'escape');
    await ask();
    await ask();
    const last = prompts.shown.at(-1);
    assert.equal(last?.kind === 'input' && last.options.value, 'Tests');
    assert.deepEqual(sent(), []);
  });
});
