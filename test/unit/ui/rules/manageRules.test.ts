import assert from 'node:assert/strict';
import type { OperationOutput } from '../../../../src/protocol/operations.ts';
import type { RuleDeps } from '../../../../src/ui/rules/importRules.ts';
import { manageRules } from '../../../../src/ui/rules/manageRules.ts';
import type { RuleOutcome } from '../../../../src/ui/rules/ruleFlow.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { FakeRules } from '../support/fakeRules.ts';
import { ago, board, english, now, rule, workspaceId } from '../support/fixtures.ts';

const hour = new Date(now + 3_600_000).toISOString();

function setUp(
  script: Act[],
  over: { outcome?: RuleOutcome; text?: string; own?: readonly string[]; reviews?: OperationOutput<'reviewRules'>['rules'] } = {},
) {
  const content = board({
    rules: [
      rule(),
      rule({ id: 'rule0000002', text: 'Edit', expiresAt: hour }),
      rule({ id: 'rule0000003', workspaceId: 'workspace02', text: 'Write', expiresAt: ago(60) }),
    ],
  });
  const api = new FakeHubApi({
    reviewRules: ({ workspaceId: id }) => ({ rules: id === workspaceId ? (over.reviews ?? []) : [] }),
    deleteRule: () => ({ rule: rule() }),
    createRule: () => ({ rule: rule() }),
    importRules: ({ rules }) => ({
      rules: rules.filter((text) => text !== '*').map((text) => rule({ text })),
      refused: rules.includes('*') ? [{ text: '*', reason: 'A rule names a tool.' }] : [],
    }),
  });
  const prompts = new FakePrompts(...script);
  const store = new FakeBoardStore(content);
  const deps: RuleDeps = {
    board: store,
    api,
    prompts,
    rules: new FakeRules(over.outcome),
    workspaceIds: () => over.own ?? [workspaceId],
    paste: async () => over.text ?? '',
    readFile: async () => over.text,
    clock: createFakeClock(now),
    formatTime: (time) => time,
    l10n: english,
  };
  const calls = () => api.calls.filter(({ name }) => name !== 'reviewRules');
  return { api, calls, prompts, run: () => manageRules(deps) };
}

const importIt: Act[] = [{ pick: ['Import AgentRQ Rules…'] }, { pick: ['From the Clipboard'] }];

describe('manageRules', () => {
  it('shows the rules of this window, with their end', async () => {
    const { run, prompts } = setUp(['escape']);
    await run();
    const [pick] = prompts.shown;
    assert.ok(pick?.kind === 'pick');
    assert.deepEqual(pick.labels, ['Bash:git log *', 'Edit', 'Add a Rule…', 'Import AgentRQ Rules…']);
    assert.deepEqual(
      pick.items.map(({ description }) => description),
      ['until you remove it', `until ${hour}`, undefined, undefined],
    );
    const all = setUp(['escape'], { own: [] });
    await all.run();
    const [shown] = all.prompts.shown;
    assert.equal(shown?.kind === 'pick' && shown.items[2]?.description, 'ended 1 min ago');
  });

  it('removes one, and makes it again', async () => {
    const { run, calls, prompts } = setUp([{ pick: ['Edit'] }, { press: 'Remove' }, { press: 'Undo' }]);
    await run();
    assert.deepEqual(calls(), [
      { name: 'deleteRule', input: { workspaceId, ruleId: 'rule0000002' } },
      { name: 'createRule', input: { workspaceId, text: 'Edit', expiresAt: hour } },
    ]);
    assert.deepEqual(prompts.texts.slice(1), ['Edit', 'The rule “Edit” is removed.', 'The rule “Edit” is in force.']);
  });

  it('marks what allows less than it did, and offers the exact lines and what is unchecked', async () => {
    const reviews = [
      { ruleId: 'rule0000001', reach: 'unchecked' as const, narrowed: true, exact: ['Bash:npm test', 'Bash:npm run lint'] },
      { ruleId: 'rule0000002', reach: 'files' as const, narrowed: false, exact: [] },
    ];
    const shown = setUp([{ pick: ['Bash:git log *'] }, 'escape'], { reviews });
    await shown.run();
    const [pick, explain] = shown.prompts.shown;
    assert.ok(pick?.kind === 'pick' && explain?.kind === 'explain');
    assert.deepEqual(pick.items.map(({ description }) => description).slice(0, 2), [
      'allows less than before · until you remove it',
      `until ${hour}`,
    ]);
    assert.match(explain.detail, /It allowed this so far, and no longer does:\n• Bash:npm test\n• Bash:npm run lint$/);
    assert.deepEqual(shown.calls(), []);

    const exact = setUp([{ pick: ['Bash:git log *'] }, { press: 'Allow Exactly These' }], { reviews });
    await exact.run();
    assert.deepEqual(exact.calls(), [{ name: 'createRule', input: { workspaceId, text: 'Bash:npm test', and: ['Bash:npm run lint'] } }]);

    const unchecked = setUp([{ pick: ['Bash:git log *'] }, { press: 'Allow Unchecked…' }], {
      reviews,
      outcome: { kind: 'rule', rule: { text: 'Bash:git log *', unchecked: true } },
    });
    await unchecked.run();
    assert.deepEqual(unchecked.calls(), [{ name: 'createRule', input: { workspaceId, text: 'Bash:git log *', unchecked: true } }]);
  });

  it('adds one', async () => {
    const { run, calls } = setUp([{ pick: ['Add a Rule…'] }], { outcome: { kind: 'rule', rule: { text: 'Read' } } });
    await run();
    assert.deepEqual(calls(), [{ name: 'createRule', input: { workspaceId, text: 'Read' } }]);
  });

  it('takes over what the user picks from a list, and says what was refused and why', async () => {
    const text = '{"workspace":{"name":"x","autoAllowedTools":["Edit","*","Bash:git\\u202E *"]}}';
    const { run, calls, prompts } = setUp([...importIt, { pick: ['Edit', '*'] }], { text });
    await run();
    assert.deepEqual(calls(), [{ name: 'importRules', input: { workspaceId, rules: ['Edit', '*'] } }]);
    const many = prompts.shown.find((shown) => shown.kind === 'pick' && shown.many);
    assert.deepEqual(many?.kind === 'pick' && many.labels, ['Edit', '*', 'Bash:git\\u202E *']);
    const explained = prompts.shown.filter((shown) => shown.kind === 'explain');
    assert.deepEqual(
      explained.map(({ title, detail }) => [title, detail]),
      [['Rules that are in force now: 1. Rules that were refused: 1.', '• *: A rule names a tool.']],
    );
  });

  it('takes nothing over that is no list, or that the user does not want', async () => {
    for (const text of ['', 'Edit', '[]', '{}', '[1]', '{"autoAllowedTools":"Edit"}']) {
      const { run, calls, prompts } = setUp(importIt, { text });
      await run();
      assert.deepEqual(calls(), []);
      assert.match(prompts.texts.at(-1) ?? '', /There are no rules in that/, text);
    }
    const { run, calls } = setUp([...importIt, 'escape'], { text: '["Edit"]' });
    await run();
    assert.deepEqual(calls(), []);
  });

  it('refuses a rule that is too long, and takes the others', async () => {
    const { run, calls, prompts } = setUp([...importIt, { pick: ['Edit'] }], { text: JSON.stringify(['Edit', 'x'.repeat(2_001)]) });
    await run();
    assert.deepEqual(calls(), [{ name: 'importRules', input: { workspaceId, rules: ['Edit'] } }]);
    assert.match(prompts.texts.at(-1) ?? '', /refused: 1/);
  });
});
