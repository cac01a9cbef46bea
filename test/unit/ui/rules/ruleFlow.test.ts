import assert from 'node:assert/strict';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import type { Permission } from '../../../../src/protocol/model.ts';
import type { RulePreview } from '../../../../src/protocol/operations.ts';
import { createRuleFlow } from '../../../../src/ui/rules/ruleFlow.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { board, english, permission, workspaceId } from '../support/fixtures.ts';

const exact: RulePreview = { text: 'Bash:npm publish', reach: 'exact', matched: 1, examples: ['Bash: {"command":"npm publish"}'] };
const program: RulePreview = {
  text: 'Bash:npm *',
  reach: 'unchecked',
  matched: 7,
  examples: ['Bash: {"command":"npm publish"}', 'Bash: npm\u202E test'],
};

function setUp(proposals: RulePreview[], script: Act[], { trusted = true }: { trusted?: boolean } = {}) {
  const clock = createFakeClock();
  const api = new FakeHubApi({
    proposeRules: () => ({ proposals }),
    previewRule: ({ text }) => {
      if (text.includes('$')) throw new HubError('invalid_input', 'A rule holds plain words.');
      return { preview: { ...program, text } };
    },
  });
  const prompts = new FakePrompts(...script);
  const rules = createRuleFlow({
    board: new FakeBoardStore(board()),
    api,
    prompts,
    clock,
    isTrusted: () => trusted,
    formatTime: (time) => time,
    l10n: english,
  });
  return { rules, api, prompts, clock, ask: (over: Partial<Permission> = {}) => rules.forRequest(permission(over)) };
}

const forever: Act = { pick: ['Until I Remove It'] };
const confirm: Act = { press: 'Always Allow' };

describe('ruleFlow', () => {
  it('proposes rules with what they would have allowed, and shows the chosen one once more', async () => {
    const { ask, prompts, api } = setUp([exact, program], [{ pick: ['Bash:npm *'] }, forever, confirm]);
    assert.deepEqual(await ask(), { kind: 'rule', rule: { text: 'Bash:npm *', unchecked: true } });
    assert.deepEqual(api.calls, [{ name: 'proposeRules', input: { workspaceId, requestId: 'request0001' } }]);
    const [first, , last] = prompts.shown;
    assert.ok(first?.kind === 'pick' && last?.kind === 'explain');
    assert.deepEqual(first.labels, ['Bash:npm publish', 'Bash:npm *', 'Write a Rule…']);
    assert.deepEqual(
      first.items.map(({ description, detail }) => [description, detail]),
      [
        ['only this · matches 1 request so far', 'Bash: npm publish'],
        ['unchecked · matches 7 requests so far', 'Bash: npm publish · Bash: npm\\u202E test'],
        [undefined, undefined],
      ],
    );
    assert.equal(
      last.detail,
      `In Bash, what fits this is allowed: npm *
The * at the end stands for anything that follows.
Unchecked: it may change and delete files, start other programs and reach the network.

It holds for every agent in the workspace web, until you remove it.

It matches 7 of the requests so far, such as:
• Bash: npm publish
• Bash: npm\\u202E test`,
    );
  });

  it('makes all rules that a line needs, and shows what each lets through', async () => {
    const parts: RulePreview = { ...exact, text: 'Bash:npm test', and: [{ text: 'Bash:tail *', reach: 'reading' }] };
    const reading: RulePreview = {
      text: 'Bash:cd *',
      reach: 'reading',
      and: [{ text: 'Bash:ls *', reach: 'reading' }],
      matched: 0,
      examples: [],
    };
    const { ask, prompts } = setUp([parts, reading], [{ pick: ['Bash:npm test + Bash:tail *'] }, forever, confirm]);
    assert.deepEqual(await ask(), { kind: 'rule', rule: { text: 'Bash:npm test', and: ['Bash:tail *'] } });
    const [first, , last] = prompts.shown;
    assert.ok(first?.kind === 'pick' && last?.kind === 'explain');
    assert.deepEqual(first.items.map(({ description }) => description).slice(0, 2), [
      'each part · matches 1 request so far',
      'what only reads · matches 0 requests so far',
    ]);
    assert.match(last.detail, /^In Bash, exactly this is allowed: npm test\nIn Bash, tail is allowed with all arguments/);
    assert.equal(last.title, 'Allow this from now on, without asking you?');
  });

  it('ends when the user says so', async () => {
    const hour = setUp([exact], [{ pick: ['Bash:npm publish'] }, { pick: ['For One Hour'] }, confirm]);
    assert.deepEqual(await hour.ask(), {
      kind: 'rule',
      rule: { text: exact.text, expiresAt: new Date(hour.clock.now() + 3_600_000).toISOString() },
    });
    const day = setUp([exact], [{ pick: ['Bash:npm publish'] }, { pick: ['Until Tomorrow'] }, confirm]);
    const outcome = await day.ask();
    const end = new Date((outcome.kind === 'rule' && outcome.rule.expiresAt) || '');
    assert.deepEqual([end.getHours(), end.getMinutes()], [0, 0]);
    assert.ok(end.getTime() > day.clock.now() && end.getTime() - day.clock.now() <= 25 * 3_600_000);
  });

  it('makes none when the user goes back at any step', async () => {
    const steps: Act[] = [{ pick: ['Bash:npm publish'] }, forever];
    for (let length = 0; length <= steps.length; length += 1) {
      const { ask } = setUp([exact], [...steps.slice(0, length), 'escape']);
      assert.deepEqual(await ask(), { kind: 'none' });
    }
  });

  it('lets the user write one, and takes it when the hub can read it', async () => {
    const { ask, prompts } = setUp([exact], [{ pick: ['Write a Rule…'] }, { type: 'Bash:$X' }, { type: 'Bash:npm t*' }, forever, confirm]);
    assert.deepEqual(await ask(), { kind: 'rule', rule: { text: 'Bash:npm t*', unchecked: true } });
    assert.ok(prompts.texts.includes('A rule holds plain words.'));
    const input = prompts.shown.find((shown) => shown.kind === 'input');
    assert.equal(input?.options.value, 'Bash', 'it begins with the tool');
  });

  it('says why there is none to propose, and allows once if that is wanted', async () => {
    const { ask, prompts } = setUp([], [{ pick: ['Allow Once'] }]);
    assert.deepEqual(await ask(), { kind: 'once' });
    const [pick] = prompts.shown;
    assert.ok(pick?.kind === 'pick');
    assert.deepEqual(pick.labels, ['Write a Rule…', 'Allow Once'], 'what allows is not what Enter takes');
    assert.match(pick.items[0]?.detail ?? '', /beyond the tool or the folder/);
    const preview = setUp([], ['escape']);
    await preview.ask({ partial: true });
    const [shown] = preview.prompts.shown;
    assert.match((shown?.kind === 'pick' && shown.items[0]?.detail) || '', /only a preview/);
  });

  it('makes none in a folder that is not trusted, and says so', async () => {
    const { ask, prompts, api } = setUp([exact], [{ pick: ['Bash:npm publish'] }, forever, confirm], { trusted: false });
    assert.deepEqual(await ask(), { kind: 'none' });
    assert.deepEqual(api.calls, []);
    assert.match(prompts.texts[0] ?? '', /not trusted, so no rule is made/);
  });
});
