import assert from 'node:assert/strict';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import type { Request } from '../../../../src/protocol/model.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakePages } from '../support/fakePages.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { board, request, workspaceId } from '../support/fixtures.ts';
import { testAnswers } from '../support/testAnswers.ts';

function setUp(over: Partial<Request>, ...script: Act[]) {
  const asked = request(over);
  const store = new FakeBoardStore(board({ requests: [asked] }));
  const api = new FakeHubApi({ answerRequest: () => ({ request: asked }) });
  const prompts = new FakePrompts(...script);
  const pages = new FakePages();
  const flow = testAnswers({ board: store, api, prompts, pages });
  const sent = (): unknown[] => api.calls.map((call) => call.input);
  return { store, api, prompts, pages, flow, sent };
}

const to = { workspaceId, requestId: 'request0001' };

describe('answerFlow', () => {
  it('takes words where there are no choices', async () => {
    const { flow, sent, prompts } = setUp({}, { type: 'Yes, at noon.' });
    await flow.ask('request0001');
    assert.deepEqual(sent(), [{ ...to, text: 'Yes, at noon.' }]);
    assert.deepEqual(prompts.texts, ['Claude Code asks · Fix the login'], 'and says nothing more');
  });

  it('takes one of the choices, as it was given', async () => {
    const { flow, sent, prompts } = setUp({ choices: ['Ye\u200Bs', 'No'] }, { pick: ['Ye\\u200Bs'] });
    await flow.ask('request0001');
    assert.deepEqual(sent(), [{ ...to, choices: ['Ye\u200Bs'] }]);
    const [pick] = prompts.shown;
    assert.deepEqual(pick?.kind === 'pick' && pick.labels, ['Ye\\u200Bs', 'No', 'Other…']);
  });

  it('takes words of the user’s own instead of a choice', async () => {
    const { flow, sent } = setUp({ choices: ['Yes', 'No'] }, { pick: ['Other…'] }, { type: 'Later.' });
    await flow.ask('request0001');
    assert.deepEqual(sent(), [{ ...to, text: 'Later.' }]);
  });

  it('takes several choices, and words beside them', async () => {
    const several = { choices: ['a', 'b', 'c'], multiple: true };
    const one = setUp(several, { pick: ['a', 'c'] });
    await one.flow.ask('request0001');
    assert.deepEqual(one.sent(), [{ ...to, choices: ['a', 'c'] }]);
    const two = setUp(several, { pick: ['b', 'Other…'] }, { type: 'and d' });
    await two.flow.ask('request0001');
    assert.deepEqual(two.sent(), [{ ...to, choices: ['b'], text: 'and d' }]);
    const three = setUp(several, { pick: ['Other…'] }, { type: 'd' });
    await three.flow.ask('request0001');
    assert.deepEqual(three.sent(), [{ ...to, text: 'd' }]);
  });

  it('keeps what was ticked until it is answered', async () => {
    const several = { choices: ['a', 'b', 'c'], multiple: true };
    const { flow, sent, prompts } = setUp(several, { tick: ['a', 'c'] }, { pick: ['a', 'c'] }, 'escape');
    const tickedNow = (): unknown => {
      const shown = prompts.shown.findLast(({ kind }) => kind === 'pick');
      return shown?.kind === 'pick' ? shown.items.filter(({ ticked }) => ticked === true).map(({ label }) => label) : undefined;
    };
    await flow.ask('request0001');
    assert.deepEqual([sent(), tickedNow()], [[], []]);
    await flow.ask('request0001');
    assert.deepEqual([sent(), tickedNow()], [[{ ...to, choices: ['a', 'c'] }], ['a', 'c']]);
    await flow.ask('request0001');
    assert.deepEqual(tickedNow(), []);
  });

  it('never answers by Escape, nor when nothing is picked', async () => {
    const several = { choices: ['a', 'b'], multiple: true };
    for (const [over, ...script] of [
      [{}, 'escape'],
      [{}, { typeThenEscape: 'half a' }],
      [{ choices: ['a'] }, 'escape'],
      [{ choices: ['a'] }, { pick: ['Other…'] }, 'escape'],
      [several, 'escape'],
      [several, { pick: [] }],
      [several, { pick: ['a', 'Other…'] }, 'escape'],
    ] as [Partial<Request>, ...Act[]][]) {
      const { flow, sent } = setUp(over, ...script);
      await flow.ask('request0001');
      assert.deepEqual(sent(), [], JSON.stringify(script));
    }
  });

  it('keeps what was typed for the next time', async () => {
    const { flow, prompts, sent } = setUp({}, { typeThenEscape: 'half a sentence' }, 'escape');
    await flow.ask('request0001');
    await flow.ask('request0001');
    const last = prompts.shown.at(-1);
    assert.equal(last?.kind === 'input' && last.options.value, 'half a sentence');
    assert.deepEqual(sent(), []);
  });

  it('keeps what was typed when it could not be sent', async () => {
    const { store, prompts } = setUp({});
    const api = new FakeHubApi();
    const flow = testAnswers({ board: store, api, prompts });
    prompts.will({ type: 'Yes.' });
    await assert.rejects(flow.ask('request0001'));
    await flow.ask('request0001');
    const last = prompts.shown.at(-1);
    assert.equal(last?.kind === 'input' && last.options.value, 'Yes.');
  });

  it('opens the page from the prompt', async () => {
    for (const over of [{}, { choices: ['a'] }, { choices: ['a'], multiple: true }]) {
      const { flow, pages, sent } = setUp(over, { button: 'open' });
      await flow.ask('request0001');
      assert.deepEqual(pages.opened, ['request0001']);
      assert.deepEqual(sent(), []);
    }
  });

  it('says that it is too late, and sends nothing', async () => {
    for (const act of ['ask', 'choose'] as const) {
      const { flow, prompts, sent } = setUp({ status: 'answered', choices: ['Yes'] });
      await (act === 'ask' ? flow.ask('request0001') : flow.choose('request0001', 'Yes'));
      assert.match(prompts.texts[0] ?? '', /already answered elsewhere/);
      assert.deepEqual(sent(), []);
    }
  });

  it('says so too when it is answered elsewhere while the user picks', async () => {
    const { flow, prompts, sent, store } = setUp({ choices: ['Yes'] });
    prompts.will({ meanwhile: () => store.replace(board()), then: { pick: ['Yes'] } });
    await flow.ask('request0001');
    assert.match(prompts.texts.at(-1) ?? '', /already answered elsewhere/);
    assert.deepEqual(sent(), []);
  });

  it('sends a choice of a toast as it is', async () => {
    const { flow, sent, prompts } = setUp({ choices: ['Yes', 'No'] });
    await flow.choose('request0001', 'No');
    assert.deepEqual(sent(), [{ ...to, choices: ['No'] }]);
    assert.deepEqual(prompts.shown, []);
  });

  it('fails as the hub does', async () => {
    const { store, prompts } = setUp({});
    const api = new FakeHubApi({
      answerRequest: () => {
        throw new HubError('already_answered', 'no');
      },
    });
    const flow = testAnswers({ board: store, api, prompts });
    await assert.rejects(flow.choose('request0001', 'Yes'), { code: 'already_answered' });
  });
});
