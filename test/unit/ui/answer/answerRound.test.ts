import assert from 'node:assert/strict';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import type { Request } from '../../../../src/protocol/model.ts';
import { createSavedAnswers } from '../../../../src/ui/answer/savedAnswers.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakeMemory } from '../support/fakeMemory.ts';
import { FakePages } from '../support/fakePages.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { agent, ago, board, permission, request, workspaceId } from '../support/fixtures.ts';
import { testAnswers } from '../support/testAnswers.ts';

const one = request({ question: 'One?', choices: ['Yes', 'No'] });
const two = request({ id: 'request0002', question: 'Two?', choices: ['a', 'b'], multiple: true });
const three = request({ id: 'request0003', question: 'Three?' });

/** @param echo whether the event of each answer comes back at once */
function setUp(requests: Request[], script: Act[], { echo = true }: { echo?: boolean } = {}) {
  const store = new FakeBoardStore(board({ requests }));
  const sent: unknown[] = [];
  const settle = (id: string, over: Partial<Request> = { status: 'answered' }): void => {
    const all = [...store.board.requests.values()];
    store.replace(board({ requests: all.map((each) => (each.id === id ? { ...each, ...over, updatedAt: ago(1) } : each)) }));
  };
  const api = new FakeHubApi({
    answerRequest: ({ workspaceId: _workspaceId, requestId, rule: _rule, ...draft }) => {
      sent.push([requestId, draft]);
      if (echo) settle(requestId);
      return { request: request({ id: requestId, status: 'answered' }) };
    },
  });
  const prompts = new FakePrompts(...script);
  const memory = new FakeMemory();
  const clock = createFakeClock();
  const saved = createSavedAnswers(new FakeMemory());
  const pages = new FakePages();
  const flow = testAnswers({ board: store, api, prompts, pages, memory, clock, saved });
  const titles = (): string[] =>
    prompts.shown.flatMap((shown) => (shown.kind === 'pick' || shown.kind === 'input' ? [shown.options.title] : []));
  return { store, api, prompts, pages, memory, clock, saved, flow, sent, settle, titles };
}

describe('a round of answers', () => {
  it('asks one after the other until all is clear, and says how far it has come', async () => {
    for (const echo of [true, false]) {
      const { flow, sent, titles, prompts } = setUp([three, one, two], [{ pick: ['No'] }, { pick: ['a', 'b'] }, { type: 'Words.' }], {
        echo,
      });
      await flow.next();
      assert.deepEqual(sent, [
        ['request0001', { choices: ['No'] }],
        ['request0002', { choices: ['a', 'b'] }],
        ['request0003', { text: 'Words.' }],
      ]);
      assert.deepEqual(
        titles(),
        [1, 2, 3].map((at) => `Claude Code asks · Fix the login (${at} of 3)`),
      );
      assert.deepEqual(prompts.shown.at(-1), { kind: 'note', text: 'All clear: no agent waits for an answer.' }, `echo: ${echo}`);
    }
  });

  it('begins with the permission for which an agent stands still', async () => {
    const blocking = permission({}, { id: 'request0009', agentId: 'agent000002' });
    const { flow, titles, store } = setUp([], ['escape']);
    const agents = [agent(), agent({ id: 'agent000002', name: 'codex', waitingFor: ['request0009'] })];
    store.replace(board({ requests: [one, blocking], agents }));
    await flow.next();
    assert.deepEqual(titles(), ['Codex wants to run a command · Fix the login (1 of 2)']);
  });

  it('ends by Escape, and sends nothing', async () => {
    const { flow, sent, titles } = setUp([one, two], ['escape']);
    await flow.next();
    assert.deepEqual([sent, titles().length], [[], 1]);
  });

  it('begins again when its keys are pressed right after Escape', async () => {
    const { flow, sent, titles } = setUp([one], ['escape', { pick: ['Yes'] }]);
    const left = flow.next();
    await flow.next();
    await left;
    assert.equal(titles().length, 2);
    assert.deepEqual(sent, [['request0001', { choices: ['Yes'] }]]);
  });

  it('lets a request be skipped, and says what is left', async () => {
    const { flow, sent, prompts } = setUp([one, two], [{ button: 'skip' }, { pick: ['a'] }]);
    await flow.next();
    assert.deepEqual(sent, [['request0002', { choices: ['a'] }]]);
    assert.equal(prompts.texts.at(-1), 'Done. 1 skipped.');
  });

  it('skips when it is called once more meanwhile', async () => {
    const { flow, sent, prompts } = setUp([one, two], []);
    prompts.will({ meanwhile: () => void flow.next(), then: { pick: ['Yes'] } }, { pick: ['a'] });
    await flow.next();
    assert.deepEqual(sent, [['request0002', { choices: ['a'] }]], 'what was skipped is not sent');
  });

  it('goes back to what was skipped', async () => {
    const { flow, sent, titles } = setUp([one, two], [{ button: 'skip' }, { button: 'back' }, { pick: ['Yes'] }, { pick: ['b'] }]);
    await flow.next();
    assert.deepEqual(sent, [
      ['request0001', { choices: ['Yes'] }],
      ['request0002', { choices: ['b'] }],
    ]);
    assert.deepEqual(
      titles().map((title) => /\(.*\)/.exec(title)?.[0]),
      ['(1 of 2)', '(2 of 2)', '(1 of 2)', '(2 of 2)'],
    );
  });

  it('offers no way back to what is answered', async () => {
    const { flow, prompts } = setUp([one, two], [{ pick: ['Yes'] }, 'escape']);
    await flow.next();
    const picks = prompts.shown.flatMap((shown) => (shown.kind === 'pick' ? [shown.options.buttons?.map(({ id }) => id)] : []));
    assert.deepEqual(picks, [
      ['skip', 'open'],
      ['skip', 'open'],
    ]);
  });

  it('goes on when a request is answered elsewhere while its prompt is open, and says so', async () => {
    const { flow, sent, prompts, settle } = setUp([one, two], []);
    prompts.will({ meanwhile: () => settle('request0001'), then: { pick: ['Yes'] } }, { pick: ['a'] });
    await flow.next();
    assert.deepEqual(sent, [['request0002', { choices: ['a'] }]]);
    assert.ok(prompts.texts.some((text) => text.includes('already answered elsewhere')));
  });

  it('goes on when the hub says that it came too late', async () => {
    const { store, prompts } = setUp([one, two], [{ pick: ['Yes'] }, 'escape']);
    const api = new FakeHubApi({
      answerRequest: () => {
        throw new HubError('already_answered', 'no');
      },
    });
    await testAnswers({ board: store, api, prompts }).next();
    assert.match(prompts.texts.at(1) ?? '', /already answered elsewhere/);
    assert.match(prompts.texts.at(2) ?? '', /2 of 2/);
  });

  it('fails as the hub does otherwise, and can be begun anew', async () => {
    const { store, prompts } = setUp([one], [{ pick: ['Yes'] }, { pick: ['Yes'] }]);
    const flow = testAnswers({ board: store, api: new FakeHubApi(), prompts });
    await assert.rejects(flow.next());
    await assert.rejects(flow.next());
  });

  it('asks again when the agent has changed what it asks', async () => {
    const { flow, sent, prompts, settle } = setUp([one], []);
    prompts.will({ meanwhile: () => settle('request0001', { question: 'One, or two?' }), then: { pick: ['Yes'] } }, { pick: ['No'] });
    await flow.next();
    assert.deepEqual(sent, [['request0001', { choices: ['No'] }]]);
    assert.ok(prompts.texts.includes('The agent has changed its request meanwhile. Nothing was sent.'));
  });

  it('does not mind a change that is none to the user', async () => {
    const { flow, sent, prompts, settle } = setUp([one], []);
    prompts.will({ meanwhile: () => settle('request0001', {}), then: { pick: ['Yes'] } });
    await flow.next();
    assert.equal(sent.length, 1);
  });
});

describe('what was typed', () => {
  it('is there again after a reload, and gone once it is answered', async () => {
    const { flow, store, api, memory, clock, prompts } = setUp([three], [{ typeThenEscape: 'half a sent' }]);
    await flow.ask('request0003');
    clock.advance(500);
    const again = testAnswers({ board: store, api, prompts, memory, clock });
    prompts.will({ type: 'a sentence' });
    await again.ask('request0003');
    const input = prompts.shown.findLast((shown) => shown.kind === 'input');
    assert.equal(input?.kind === 'input' && input.options.value, 'half a sent');
    clock.advance(500);
    assert.deepEqual(memory.get('agentrq.drafts'), []);
  });
});

describe('answers for next time', () => {
  it('are kept by the button that sends them', async () => {
    const { flow, sent, saved } = setUp([three], [{ typeThenEscape: 'Use npm.' }, { button: 'keep' }]);
    await flow.ask('request0003');
    assert.deepEqual(saved.list(workspaceId), []);
    await flow.ask('request0003');
    assert.deepEqual([sent, saved.list(workspaceId)], [[['request0003', { text: 'Use npm.' }]], ['Use npm.']]);
  });

  it('are offered first', async () => {
    const { flow, sent, prompts, saved } = setUp([three, { ...three, id: 'request0004' }], []);
    saved.add(workspaceId, 'Use pnpm.');
    prompts.will({ pick: ['Use pnpm.'] });
    await flow.ask('request0003');
    assert.deepEqual(sent, [['request0003', { text: 'Use pnpm.' }]]);
    prompts.will({ pick: ['Write an Answer…'] }, { type: 'Never.' });
    await flow.ask('request0004');
    const pick = prompts.shown.find((shown) => shown.kind === 'pick');
    assert.deepEqual(pick?.kind === 'pick' && pick.labels, ['Use pnpm.', 'Write an Answer…']);
    assert.deepEqual(saved.lastGiven, { workspaceId, text: 'Never.' });
  });

  it('are not in the way of somebody who was about to write', async () => {
    const { flow, prompts, saved } = setUp([three], [{ typeThenEscape: 'half' }, 'escape']);
    await flow.ask('request0003');
    saved.add(workspaceId, 'Use pnpm.');
    await flow.ask('request0003');
    assert.deepEqual(
      prompts.shown.map(({ kind }) => kind),
      ['input', 'input'],
    );
  });
});

describe('the same answer for others', () => {
  const others = [1, 2].map((n) => request({ ...one, id: `request001${n}`, agentId: 'agent000002', taskId: `task000000${n}` }));

  it('is offered after answering, and shows who they are', async () => {
    const { flow, sent, prompts } = setUp([one, ...others], [{ pick: ['Yes'] }, { pick: ['All 2 of Them'] }]);
    await flow.ask('request0001');
    assert.deepEqual(
      sent,
      ['request0001', 'request0011', 'request0012'].map((id) => [id, { choices: ['Yes'] }]),
    );
    const offer = prompts.shown[1];
    assert.equal(offer?.kind === 'pick' && offer.options.placeholder, '“Yes” to: One?');
    assert.deepEqual(offer?.kind === 'pick' && offer.labels, ['All 2 of Them', 'An agent · Fix the login', 'An agent · no task']);
    assert.equal(prompts.texts.at(-1), 'The same answer went to 2 of 2.');
  });

  it('is offered by a toast where the answer was given on one', async () => {
    const { flow, sent, prompts } = setUp([one, ...others], [{ press: 'Same Answer' }]);
    await flow.choose('request0001', 'No');
    assert.equal(sent.length, 3);
    assert.ok(!prompts.shown.some(({ kind }) => kind === 'pick'), 'no prompt opens by itself');
  });

  it('is given to nobody by Escape', async () => {
    const { flow, sent } = setUp([one, ...others], [{ pick: ['Yes'] }, 'escape']);
    await flow.ask('request0001');
    assert.equal(sent.length, 1);
  });

  it('is not given to one that was answered meanwhile', async () => {
    const { flow, sent, prompts, settle } = setUp([one, ...others], [{ pick: ['Yes'] }]);
    prompts.will({ meanwhile: () => settle('request0011'), then: { pick: ['All 2 of Them'] } });
    await flow.ask('request0001');
    assert.deepEqual(
      sent.map((each) => (each as [string])[0]),
      ['request0001', 'request0012'],
    );
    assert.equal(prompts.texts.at(-1), 'The same answer went to 1 of 2.');
  });

  it('does not come up again in the round', async () => {
    const { flow, sent, prompts } = setUp([one, ...others], [{ pick: ['Yes'] }, { pick: ['All 2 of Them'] }], { echo: false });
    await flow.next();
    assert.equal(sent.length, 3);
    assert.match(prompts.texts.at(-1) ?? '', /^All clear/);
  });
});

describe('the same verdict for others', () => {
  const asked = permission({ cwd: '/shop' });
  const others = [1, 2].map((n) =>
    permission({ cwd: '/shop' }, { id: `request001${n}`, agentId: 'agent000002', taskId: `task000000${n}` }),
  );

  it('is given to those that are ticked in a list of all, with all of it in sight and nothing ticked before', async () => {
    for (const [decision, title] of [
      ['Allow Once', 'Allow Exactly This Once for Others, Too?'],
      ['Deny', 'Deny Exactly This to Others, Too?'],
    ] as const) {
      const { flow, sent, prompts } = setUp([asked, ...others], [{ pick: [decision] }, { pick: ['An agent · no task'] }]);
      await flow.ask('request0001');
      const draft = { decision: decision === 'Deny' ? 'deny' : 'allow' };
      assert.deepEqual(sent, [
        ['request0001', draft],
        ['request0012', draft],
      ]);
      const list = prompts.shown[1];
      assert.ok(list?.kind === 'pick' && list.many);
      assert.deepEqual(list.labels, ['An agent · Fix the login', 'An agent · no task']);
      assert.deepEqual(
        [list.options.title, list.options.placeholder, list.options.guard],
        [title, 'Bash: npm publish · folder: /shop', 'typing'],
      );
    }
  });

  it('is given to nobody by Escape, or where nothing is ticked', async () => {
    for (const act of ['escape', { pick: [] }] as const) {
      const { flow, sent } = setUp([asked, ...others], [{ pick: ['Allow Once'] }, act]);
      await flow.ask('request0001');
      assert.equal(sent.length, 1);
    }
  });

  it('is not given by a toast at once: its button leads to the list', async () => {
    const { flow, sent, prompts } = setUp([asked, ...others], [{ press: 'Same Verdict…' }, 'escape']);
    await flow.decide('request0001', 'allow');
    assert.equal(sent.length, 1);
    assert.deepEqual(
      prompts.shown.map(({ kind }) => kind),
      ['toast', 'pick'],
    );
    const left = setUp([asked, ...others], []);
    await left.flow.decide('request0001', 'allow');
    assert.ok(!left.prompts.shown.some(({ kind }) => kind === 'pick'), 'no prompt opens by itself');
  });

  it('carries the note along, and no rule', async () => {
    const { flow, sent } = setUp(
      [asked, ...others],
      [{ pick: ['Deny with a Note…'] }, { type: 'Use yarn.' }, { pick: ['An agent · no task'] }],
    );
    await flow.ask('request0001');
    assert.deepEqual(sent.at(-1), ['request0012', { decision: 'deny', note: 'Use yarn.' }]);
  });

  it('opens all of it beside when it does not fit on one line', async () => {
    const long = [asked, ...others].map((each) => ({ ...each, permission: { tool: 'Bash', input: 'a\nb', cwd: '/shop' } }));
    const { flow, prompts, pages } = setUp(long, [{ pick: ['Allow Once'] }]);
    let open: string[] = [];
    prompts.will({ meanwhile: () => (open = [...pages.reviewed]), then: 'escape' });
    await flow.ask('request0001');
    assert.deepEqual([open, [...pages.reviewed]], [['request0001'], []]);
    const list = prompts.shown.at(-1);
    assert.equal(list?.kind === 'pick' && list.options.placeholder, 'The full text is shown on the right.');
  });

  it('is not given to one that was decided meanwhile, or wants something else by now', async () => {
    const { flow, sent, prompts, settle } = setUp([asked, ...others], [{ pick: ['Allow Once'] }]);
    const both = ['An agent · Fix the login', 'An agent · no task'];
    const change = (): void => {
      settle('request0011');
      settle('request0012', { permission: { tool: 'Bash', input: 'rm -rf /', cwd: '/shop' } });
    };
    prompts.will({ meanwhile: change, then: { pick: both } });
    await flow.ask('request0001');
    assert.equal(sent.length, 1);
  });

  it('may follow on an answer that was given elsewhere', async () => {
    const { flow, sent } = setUp([asked, ...others], [{ press: 'Same Verdict…' }, { pick: ['An agent · no task'] }]);
    await flow.offerSame(asked, { decision: 'deny' });
    assert.deepEqual(sent, [['request0012', { decision: 'deny' }]]);
  });
});
