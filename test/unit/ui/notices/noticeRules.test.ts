import assert from 'node:assert/strict';
import { noticeRules } from '../../../../src/ui/notices/noticeRules.ts';
import { Emitter } from '../../../../src/util/emitter.ts';
import { nullLog } from '../../../../src/util/log.ts';
import { waitFor } from '../../../support/waitFor.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakeMemory } from '../support/fakeMemory.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { board, english, rule, workspace, workspaceId } from '../support/fixtures.ts';

const other = rule({ id: 'rule0000002', text: 'Bash:npm *' });
const elsewhere = rule({ id: 'rule0000003', workspaceId: 'workspace02', text: 'Bash:npm *' });

function setUp(script: Act[], memory = new FakeMemory()) {
  let own: readonly string[] = [];
  const changed = new Emitter<void>(assert.ifError);
  const store = new FakeBoardStore(board({ rules: [rule(), elsewhere] }));
  const api = new FakeHubApi({
    reviewRules: () => ({
      rules: [
        { ruleId: 'rule0000001', reach: 'unchecked', narrowed: true, exact: [] },
        { ruleId: 'rule0000002', reach: 'unchecked', narrowed: true, exact: [] },
      ],
    }),
  });
  const prompts = new FakePrompts(...script);
  let managed = 0;
  const errors: unknown[] = [];
  const notice = noticeRules({
    board: store,
    api,
    prompts,
    memory,
    workspaces: () => own.map((id) => workspace({ id })),
    onDidChangeWorkspaces: changed.event,
    manageRules: async () => {
      managed += 1;
    },
    log: nullLog,
    report: (error) => errors.push(error),
    l10n: english,
  });
  // The hub says late which workspaces are the window's.
  assert.deepEqual(api.calls, []);
  own = [workspaceId];
  changed.fire();
  return { store, api, prompts, memory, notice, errors, managed: () => managed };
}

describe('noticeRules', () => {
  it('says once, of this window’s rules, that they allow less, and shows them', async () => {
    const test = setUp([{ press: 'Show Rules' }]);
    await waitFor('the rules to be shown', () => test.managed() === 1);
    assert.match(test.prompts.texts[0] ?? '', /^Rules that allow less than they say: 1\./);
    assert.deepEqual(test.api.calls, [{ name: 'reviewRules', input: { workspaceId } }]);
    test.notice.dispose();

    const again = setUp([], test.memory);
    again.store.replace(board({ rules: [rule(), elsewhere] }));
    assert.deepEqual(again.api.calls, []);
    again.store.replace(board({ rules: [rule(), other, elsewhere] }));
    await waitFor('the other one to be told', () => again.prompts.texts.length === 1);
    assert.match(again.prompts.texts[0] ?? '', /: 1\./, 'only the one that is new');
    assert.deepEqual([...test.errors, ...again.errors], []);
    again.notice.dispose();
  });

  it('asks nothing before the hub is there', () => {
    const test = setUp([]);
    const waiting = new FakeBoardStore(board({ rules: [rule()] }));
    waiting.link = { kind: 'starting' };
    const api = new FakeHubApi();
    noticeRules({
      board: waiting,
      api,
      prompts: test.prompts,
      memory: new FakeMemory(),
      workspaces: () => [workspace()],
      onDidChangeWorkspaces: new Emitter<void>(assert.ifError).event,
      manageRules: async () => undefined,
      log: nullLog,
      report: assert.ifError,
      l10n: english,
    }).dispose();
    assert.deepEqual(api.calls, []);
    test.notice.dispose();
  });
});
