import assert from 'node:assert/strict';
import type { Permission, Request } from '../../../../src/protocol/model.ts';
import type { RuleOutcome } from '../../../../src/ui/rules/ruleFlow.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakePages } from '../support/fakePages.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { FakeRules } from '../support/fakeRules.ts';
import { board, change, permission, workspace, workspaceId } from '../support/fixtures.ts';
import { testAnswers } from '../support/testAnswers.ts';

function setUp(over: Partial<Permission>, script: Act[], { outcome, of }: { outcome?: RuleOutcome; of?: Partial<Request> } = {}) {
  const asked = permission(over, of);
  const store = new FakeBoardStore(board({ requests: [asked] }));
  const api = new FakeHubApi({ answerRequest: () => ({ request: asked }) });
  const prompts = new FakePrompts(...script);
  const pages = new FakePages();
  const rules = new FakeRules(outcome);
  const flow = testAnswers({ board: store, api, prompts, pages, rules });
  const sent = (): unknown[] => api.calls.map((call) => call.input);
  const pick = () => prompts.shown.find((shown) => shown.kind === 'pick');
  return { store, api, prompts, pages, rules, flow, sent, pick };
}

const to = { workspaceId, requestId: 'request0001' };

describe('the decision on a permission', () => {
  it('shows all of it, and what allows is not what Enter takes', async () => {
    const { flow, sent, pick, pages } = setUp({}, ['escape']);
    await flow.ask('request0001');
    assert.deepEqual(pick()?.labels, ['Deny', 'Deny with a Note…', 'Allow Once', 'Allow with a Note…', 'Always Allow…']);
    const { title, placeholder, guard } = pick()?.options ?? {};
    assert.deepEqual([title, placeholder, guard], ['Claude Code wants to run a command · Fix the login', 'npm publish', 'typing']);
    assert.deepEqual([sent(), [...pages.reviewed]], [[], []], 'Escape decides nothing');
  });

  it('sends the verdict, with a note or without', async () => {
    for (const [script, draft] of [
      [[{ pick: ['Deny'] }], { decision: 'deny' }],
      [[{ pick: ['Allow Once'] }], { decision: 'allow' }],
      [[{ pick: ['Deny with a Note…'] }, { type: 'Use yarn.' }], { decision: 'deny', note: 'Use yarn.' }],
      [[{ pick: ['Allow with a Note…'] }, { type: 'Only once.' }], { decision: 'allow', note: 'Only once.' }],
    ] as [Act[], object][]) {
      const { flow, sent } = setUp({}, script);
      await flow.ask('request0001');
      assert.deepEqual(sent(), [{ ...to, ...draft }]);
    }
  });

  it('shows up to eight lines in the prompt, below what is picked', async () => {
    const { flow, pages, pick } = setUp({ input: 'npm test\nnpm publish' }, ['escape']);
    await flow.ask('request0001');
    assert.deepEqual(pick()?.options.lines, ['npm test', 'npm publish']);
    assert.deepEqual(
      pick()?.items.map(({ key }) => key),
      ['d', undefined, 'a', undefined, undefined],
    );
    assert.deepEqual([...pages.reviewed], []);
  });

  it('opens all of it beside when it does not fit into the prompt, and only as long as it is asked', async () => {
    const { flow, pages, prompts, pick } = setUp({ input: 'npm test\n'.repeat(8) + 'npm publish' }, []);
    let reviewedMeanwhile: string[] = [];
    prompts.will({ meanwhile: () => (reviewedMeanwhile = [...pages.reviewed]), then: 'escape' });
    await flow.ask('request0001');
    assert.equal(pick()?.options.placeholder, 'Full command shown on the right.');
    assert.deepEqual(reviewedMeanwhile, ['request0001']);
    assert.deepEqual([...pages.reviewed], []);
  });

  it('says that there may be more when the agent sent a preview', async () => {
    const { flow, pick } = setUp({ partial: true }, ['escape']);
    await flow.ask('request0001');
    assert.equal(pick()?.options.placeholder, 'The agent sent only a preview; what it will run may be longer.');
  });

  it('keeps a note for the next time', async () => {
    const { flow, prompts, sent } = setUp({}, [
      { pick: ['Deny with a Note…'] },
      { typeThenEscape: 'Use y' },
      { pick: ['Deny with a Note…'] },
      'escape',
    ]);
    await flow.ask('request0001');
    await flow.ask('request0001');
    const last = prompts.shown.at(-1);
    assert.equal(last?.kind === 'input' && last.options.value, 'Use y');
    assert.deepEqual(sent(), []);
  });

  it('sends the rule with the verdict, or the verdict alone, or nothing', async () => {
    const rule = { text: 'Bash:npm *', expiresAt: '2026-11-23T00:00:00.000Z' };
    for (const [outcome, expected] of [
      [{ kind: 'rule', rule }, [{ ...to, decision: 'allow', rule }]],
      [{ kind: 'once' }, [{ ...to, decision: 'allow' }]],
      [{ kind: 'none' }, []],
    ] as [RuleOutcome, object[]][]) {
      const { flow, sent, rules } = setUp({}, [{ pick: ['Always Allow…'] }], { outcome });
      await flow.ask('request0001');
      assert.deepEqual(sent(), expected);
      assert.deepEqual(rules.asked, ['request0001']);
    }
  });

  it('sends nothing when it was decided elsewhere meanwhile', async () => {
    const { flow, prompts, sent, store } = setUp({}, []);
    prompts.will({ meanwhile: () => store.replace(board()), then: { pick: ['Allow Once'] } });
    await flow.ask('request0001');
    assert.deepEqual(sent(), []);
    assert.match(prompts.texts.at(-1) ?? '', /already answered elsewhere, or the agent no longer waits for it\. Nothing was sent/);
  });

  it('takes a note that was being written when the agent stopped waiting, and says how it gets there', async () => {
    const { flow, prompts, sent, store } = setUp({ uses: 2 }, [{ pick: ['Deny with a Note…'] }]);
    const expired = permission({}, { status: 'expired' });
    const expire = (): void => store.change(change({ type: 'request.updated', payload: expired }, board()));
    prompts.will({ meanwhile: expire, then: { type: 'Not on a Friday.' } });
    await flow.ask('request0001');
    assert.deepEqual(sent(), [{ ...to, decision: 'deny', note: 'Not on a Friday.' }]);
    assert.match(prompts.texts.at(-1) ?? '', /no longer waited for this\. It is told your answer in words/);
  });

  it('keeps a note that was being written when it was decided in the agent itself', async () => {
    const { flow, prompts, sent, store } = setUp({}, [{ pick: ['Deny with a Note…'] }]);
    prompts.will({ meanwhile: () => store.replace(board()), then: { type: 'Not on a Friday.' } });
    await flow.ask('request0001');
    assert.deepEqual(sent(), []);
    store.replace(board({ requests: [permission()] }));
    prompts.will({ pick: ['Deny with a Note…'] }, 'escape');
    await flow.ask('request0001');
    const note = prompts.shown.findLast((shown) => shown.kind === 'input');
    assert.equal(note?.options.value, 'Not on a Friday.');
  });

  it('shows for whom and where, unless that is plain', async () => {
    const folder = 'file:///home/me/shop';
    const cases: [over: Partial<Permission>, shown: string][] = [
      [{ cwd: '/home/me/shop' }, 'npm publish'],
      [{ cwd: '/home/me/shop/docs' }, 'npm publish · folder: /home/me/shop/docs'],
      [{ subagent: { id: 'a1', type: 'Explore' } }, 'npm publish · subagent: Explore a1'],
      [{ description: 'network-access https://a.example' }, 'npm publish · description: network-access https://a.example'],
      [{ input: '{"command":"ls","description":"List"}', description: 'List' }, 'ls · description: List'],
      [{ input: '{"command":"ls","folder":"/x"}', cwd: '/y' }, 'Full command shown on the right.'],
    ];
    for (const [over, shown] of cases) {
      const { flow, pick, store } = setUp(over, ['escape']);
      store.replace(board({ workspaces: [workspace({ folder })], requests: [permission(over)] }));
      await flow.ask('request0001');
      assert.equal(pick()?.options.placeholder, shown);
    }
  });

  it('never allows anything by Enter alone, nor by Escape', async () => {
    for (const first of ['escape', { pick: ['Deny'] }] as Act[]) {
      const { flow, sent } = setUp({ input: 'a\nb' }, [first]);
      await flow.ask('request0001');
      assert.ok(!JSON.stringify(sent()).includes('allow'));
    }
  });
});
