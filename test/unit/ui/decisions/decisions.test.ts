import assert from 'node:assert/strict';
import type { LoggedDecision } from '../../../../src/protocol/model.ts';
import { createDecisions } from '../../../../src/ui/decisions/decisions.ts';
import { decisionMarkdown, outcomeLine } from '../../../../src/ui/decisions/decisionText.ts';
import { readLines } from '../../../../src/ui/decisions/readLines.ts';
import type { PickResult, SearchOptions } from '../../../../src/ui/shell/prompts.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakePages } from '../support/fakePages.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { ago, board, english, now, permission, request, workspaceId } from '../support/fixtures.ts';

function entry(id: string, over: Partial<LoggedDecision['request']> = {}): LoggedDecision {
  return {
    request: request({ id, status: 'acted', question: `Question ${id}?`, answer: { text: 'Yes.', at: ago(60) }, ...over }),
    taskTitle: 'Fix the login',
    agentName: 'claude-code',
  };
}

const formatTime = (time: string): string => time.slice(11, 16);

interface Given {
  file?: string;
  own?: string[];
  api?: FakeHubApi;
  prompts?: FakePrompts;
}

function setUp(log: LoggedDecision[], script: Act[], { file, own = [workspaceId], ...given }: Given = {}) {
  const fake = new FakeHubApi({
    // Two on a page.
    listDecisions: ({ query = '', before, workspaceId: of }) => {
      const found = log.filter(({ request: each }) => each.question.includes(query) && (of === undefined || each.workspaceId === of));
      const from = before === undefined ? 0 : Number(before);
      return { decisions: found.slice(from, from + 2), ...(from + 2 < found.length && { next: String(from + 2) }) };
    },
    importDecisions: ({ decisions }) => ({ imported: decisions.filter(({ request: { id } }) => id !== 'known000001').length }),
  });
  const api = given.api ?? fake;
  const prompts = given.prompts ?? new FakePrompts(...script);
  const pages = new FakePages();
  const copied: string[] = [];
  const saved: [string, string][] = [];
  const said: string[] = [];
  const decisions = createDecisions({
    board: new FakeBoardStore(board()),
    api,
    prompts,
    pages,
    workspaceIds: () => own,
    copy: async (text) => void copied.push(text),
    readFile: async () => file,
    saveFile: async (name, text) => saved.push([name, text]) > 0,
    progress: (_, run) => run((message) => said.push(message), new AbortController().signal),
    now: () => now,
    formatTime,
    l10n: english,
  });
  return { api, prompts, pages, copied, saved, said, decisions };
}

describe('the decision log', () => {
  it('shows who asked what, and what was said by whom, as far as there is more', async () => {
    const log = [entry('a'), entry('b', { status: 'expired', answer: undefined }), entry('c')];
    const { decisions, prompts } = setUp(log, [{ search: '' }]);
    await decisions.show();
    const pick = prompts.shown[0];
    assert.ok(pick?.kind === 'pick');
    assert.deepEqual(pick.labels, ['Question a?', 'Question b?', 'Question c?']);
    assert.deepEqual(
      pick.items.map(({ description, detail }) => [description, detail]),
      [
        ['Yes.', 'decided by you · 11:59 · asked by Claude Code · Fix the login'],
        ['expired: the agent stopped waiting', 'decided by nobody · 11:57 · asked by Claude Code · Fix the login'],
        ['Yes.', 'decided by you · 11:59 · asked by Claude Code · Fix the login'],
      ],
    );
  });

  it('is searched by the hub', async () => {
    const { decisions, api } = setUp([entry('a'), entry('b')], [{ search: 'b' }]);
    await decisions.show();
    assert.deepEqual(
      api.calls.map(({ input }) => input),
      [{ limit: 50, query: 'b' }],
    );
  });

  it('is searched on while the hub has found little and has not come to the end', async () => {
    const log = [entry('a'), entry('b')];
    const api = new FakeHubApi({
      // Nothing on the first three pages.
      listDecisions: ({ before = '0' }) => (before === '3' ? { decisions: log } : { decisions: [], next: String(Number(before) + 1) }),
    });
    const found: (readonly [number, string | undefined])[] = [];
    const prompts = Object.assign(new FakePrompts(), {
      async search<T>(options: SearchOptions<T>): Promise<PickResult<T>> {
        for (const isWanted of [true, false]) {
          const { items, next } = await options.find('Question', undefined, () => isWanted);
          found.push([items.length, next]);
        }
        return { kind: 'dismissed' };
      },
    });
    await setUp([], [], { api, prompts }).decisions.show();
    assert.deepEqual(found, [
      [2, undefined],
      [0, '1'],
    ]);
  });

  it('copies an entry as Markdown, or opens its task', async () => {
    const { decisions, copied, prompts, pages } = setUp(
      [entry('a')],
      [
        { search: '', take: 'Question a?' },
        { pick: ['Copy as Markdown'] },
        { search: '', take: 'Question a?' },
        { pick: ['Open the Task'] },
      ],
    );
    await decisions.show();
    assert.match(copied.join(''), /^### Question a\?\n/);
    assert.equal(prompts.texts.at(-1), 'The decision is on the clipboard.');
    await decisions.show();
    assert.deepEqual(pages.opened, ['a']);
  });

  it('is exported page by page, of one workspace or of all', async () => {
    const log = [entry('a'), entry('b'), entry('c', { workspaceId: 'workspace02' })];
    const { decisions, saved, said, prompts } = setUp(log, [{ pick: ['All'] }, { pick: ['Decisions in web'] }]);
    await decisions.exportAll();
    const [name, text] = saved[0] ?? [];
    assert.equal(name, 'agentrq-decisions-2026-11-22.jsonl');
    assert.deepEqual(readLines(text ?? ''), { values: JSON.parse(JSON.stringify(log)) });
    assert.deepEqual(said, ['Read so far: 2', 'Read so far: 3']);
    assert.equal(prompts.texts.at(-1), 'Decisions exported: 3.');
    await decisions.exportAll();
    assert.equal(saved[1]?.[1].trim().split('\n').length, 2);
  });

  it('says so when there is nothing to export', async () => {
    const { decisions, saved, prompts } = setUp([], [], { own: [] });
    await decisions.exportAll();
    assert.deepEqual(saved, []);
    assert.match(prompts.texts[0] ?? '', /nothing to export/);
  });

  it('is imported as it was exported, and says how much was new', async () => {
    const file = [entry('a'), entry('known000001'), entry('b')].map((one) => JSON.stringify(one)).join('\n');
    const { decisions, prompts, said } = setUp([], [], { file });
    await decisions.importFile();
    assert.deepEqual(said, ['3 of 3']);
    assert.equal(prompts.texts.at(-1), 'Decisions imported: 2. Already known: 1.');
  });

  it('is not imported from what is no JSON Lines', async () => {
    for (const [file, words] of [
      ['{"a":1}\nnot json', /Line 2 is not a decision/],
      ['[1]', /Line 1 is not a decision/],
      ['\n\n', /file has no decisions/],
    ] as const) {
      const { decisions, prompts, api } = setUp([], [], { file });
      await decisions.importFile();
      assert.match(prompts.texts[0] ?? '', words);
      assert.deepEqual(api.calls, []);
    }
    const none = setUp([], []);
    await none.decisions.importFile();
    assert.deepEqual(none.prompts.shown, [], 'no file was picked');
  });
});

describe('a decision in words', () => {
  it('is Markdown in which nothing of an agent means anything', () => {
    const asked = entry('a', {
      question: 'Use <b>bold</b>?\n# or not',
      choices: ['Yes [x](y)', 'No'],
      answer: { choices: ['No'], note: 'because `x`', at: ago(60) },
    });
    assert.equal(
      decisionMarkdown(asked, { formatTime, l10n: english }),
      [
        '### Use \\<b\\>bold\\</b\\>?',
        '    Use <b>bold</b>?\n    # or not',
        '- Asked by: Claude Code · Fix the login · 11:57\n- Choices: Yes \\[x\\](y), No\n- Decided: No\n- By: you · 11:59',
        'Note: because \\`x\\`',
      ].join('\n\n'),
    );
  });

  it('shows all of what was allowed', () => {
    const { request: asked, ...rest } = entry('a');
    const wants = permission({}, { ...asked, answer: { decision: 'allow', at: ago(60), ruleIds: ['rule0000001'] } });
    const text = decisionMarkdown(
      { request: { ...asked, kind: 'permission', permission: wants.permission, answer: wants.answer }, ...rest },
      { formatTime, l10n: english },
    );
    assert.match(text, /^### Bash\n\n {4}npm publish\n/);
    assert.match(text, /- Decided: allowed\n- By: a rule of yours/);
  });

  it('is one line in a list', () => {
    const answer = { decision: 'sendBack', note: 'Tests,\nplease.', at: ago(1) } as const;
    assert.equal(outcomeLine(request({ kind: 'review', status: 'answered', answer }), english), 'sent back (Tests, please.)');
  });
});
