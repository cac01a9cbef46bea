import assert from 'node:assert/strict';
import type { RuleDeps } from '../../../src/ui/answering/importRules.ts';
import { manageRules } from '../../../src/ui/answering/manageRules.ts';
import type { RuleOutcome } from '../../../src/ui/ruleFlow.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { FakeBoardStore } from './fakeBoardStore.ts';
import { FakeHubApi } from './fakeHubApi.ts';
import type { Act } from './fakePrompts.ts';
import { FakePrompts } from './fakePrompts.ts';
import { FakeRules } from './fakeRules.ts';
import { ago, board, english, now, rule, workspaceId } from './fixtures.ts';

const hour = new Date(now + 3_600_000).toISOString();

function setUp(script: Act[], over: { outcome?: RuleOutcome; text?: string; own?: readonly string[] } = {}) {
  const content = board({
    rules: [
      rule(),
      rule({ id: 'rule0000002', text: 'Edit', expiresAt: hour }),
      rule({ id: 'rule0000003', workspaceId: 'workspace02', text: 'Write', expiresAt: ago(60) }),
    ],
  });
  const api = new FakeHubApi({
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
  return { api, prompts, run: () => manageRules(deps) };
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
    const { run, api, prompts } = setUp([{ pick: ['Edit'] }, { press: 'Remove' }, { press: 'Undo' }]);
    await run();
    assert.deepEqual(api.calls, [
      { name: 'deleteRule', input: { workspaceId, ruleId: 'rule0000002' } },
      { name: 'createRule', input: { workspaceId, text: 'Edit', expiresAt: hour } },
    ]);
    assert.deepEqual(prompts.texts.slice(1), ['Edit', 'The rule “Edit” is removed.', 'The rule “Edit” is in force.']);
  });

  it('adds one', async () => {
    const { run, api } = setUp([{ pick: ['Add a Rule…'] }], { outcome: { kind: 'rule', rule: { text: 'Read' } } });
    await run();
    assert.deepEqual(api.calls, [{ name: 'createRule', input: { workspaceId, text: 'Read' } }]);
  });

  it('takes over what the person picks from a list, and says what was refused and why', async () => {
    const text = '{"workspace":{"name":"x","autoAllowedTools":["Edit","*","Bash:git\\u202E *"]}}';
    const { run, api, prompts } = setUp([...importIt, { pick: ['Edit', '*'] }], { text });
    await run();
    assert.deepEqual(api.calls, [{ name: 'importRules', input: { workspaceId, rules: ['Edit', '*'] } }]);
    const many = prompts.shown.find((shown) => shown.kind === 'pick' && shown.many);
    assert.deepEqual(many?.kind === 'pick' && many.labels, ['Edit', '*', 'Bash:git\\u202E *']);
    const explained = prompts.shown.filter((shown) => shown.kind === 'explain');
    assert.deepEqual(
      explained.map(({ title, detail }) => [title, detail]),
      [['Rules that are in force now: 1. Rules that were refused: 1.', '• *: A rule names a tool.']],
    );
  });

  it('takes nothing over that is no list, or that the person does not want', async () => {
    for (const text of ['', 'Edit', '[]', '{}', '[1]', '{"autoAllowedTools":"Edit"}']) {
      const { run, api, prompts } = setUp(importIt, { text });
      await run();
      assert.deepEqual(api.calls, []);
      assert.match(prompts.texts.at(-1) ?? '', /There are no rules in that/, text);
    }
    const { run, api } = setUp([...importIt, 'escape'], { text: '["Edit"]' });
    await run();
    assert.deepEqual(api.calls, []);
  });

  it('refuses a rule that is too long, and takes the others', async () => {
    const { run, api, prompts } = setUp([...importIt, { pick: ['Edit'] }], { text: JSON.stringify(['Edit', 'x'.repeat(2_001)]) });
    await run();
    assert.deepEqual(api.calls, [{ name: 'importRules', input: { workspaceId, rules: ['Edit'] } }]);
    assert.match(prompts.texts.at(-1) ?? '', /refused: 1/);
  });
});
