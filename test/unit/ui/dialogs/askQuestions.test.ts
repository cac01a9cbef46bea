import assert from 'node:assert/strict';
import type { DialogQuestion, Request } from '../../../../src/protocol/model.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakePages } from '../support/fakePages.ts';
import type { Act } from '../support/fakePrompts.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { board, request, workspaceId } from '../support/fixtures.ts';
import { testAnswers } from '../support/testAnswers.ts';

const database: DialogQuestion = {
  question: 'Which database?',
  header: 'Database',
  options: [{ label: 'SQLite', description: 'A file' }, { label: 'PostgreSQL' }],
  multiple: false,
};
const features: DialogQuestion = {
  question: 'Which features?',
  header: 'Features',
  options: [{ label: 'Auth' }, { label: 'Search, fast' }],
  multiple: true,
};
const name: DialogQuestion = { question: 'Which name?', options: [], multiple: false };

function setUp(questions: DialogQuestion[], ...script: Act[]) {
  const asked: Request = request({
    kind: 'question',
    question: questions.map(({ question }) => question).join('\n'),
    dialog: { kind: 'questions', questions },
  });
  const api = new FakeHubApi({ answerRequest: () => ({ request: asked }) });
  const prompts = new FakePrompts(...script);
  const pages = new FakePages();
  const flow = testAnswers({ board: new FakeBoardStore(board({ requests: [asked] })), api, prompts, pages });
  const sent = () => api.calls.map(({ input }) => input);
  return { prompts, pages, ask: () => flow.ask(asked.id), sent };
}

const to = { workspaceId, requestId: 'request0001' };

describe('the questions of an agent’s own dialog', () => {
  it('are asked one after the other, and answered at once', async () => {
    const { ask, sent, prompts } = setUp(
      [database, features, name],
      { pick: ['SQLite'] },
      { pick: ['Auth', 'Search, fast'] },
      { type: 'Baz' },
    );
    await ask();
    assert.deepEqual(sent(), [{ ...to, answers: [{ choices: ['SQLite'] }, { choices: ['Auth', 'Search, fast'] }, { text: 'Baz' }] }]);
    assert.deepEqual(prompts.texts.slice(0, 3), [
      'Claude Code asks · Fix the login · Database (1 of 3)',
      'Claude Code asks · Fix the login · Features (2 of 3)',
      'Claude Code asks · Fix the login (3 of 3)',
    ]);
    const [first] = prompts.shown;
    assert.ok(first?.kind === 'pick');
    assert.deepEqual(
      first.items.map(({ label, detail }) => [label, detail]),
      [
        ['SQLite', 'A file'],
        ['PostgreSQL', undefined],
        ['Other…', undefined],
      ],
    );
  });

  it('are a plain answer where there is one', async () => {
    const { ask, sent } = setUp([database], { pick: ['PostgreSQL'] });
    await ask();
    assert.deepEqual(sent(), [{ ...to, choices: ['PostgreSQL'] }]);
  });

  it('take words of the user, beside choices where several may be taken, and a note with each', async () => {
    const { ask, sent } = setUp(
      [database, features],
      { button: 'note' },
      { type: 'for now' },
      { pick: ['Other…'] },
      { type: 'DuckDB' },
      { pick: ['Auth', 'Other…'] },
      { type: 'and undo' },
    );
    await ask();
    assert.deepEqual(sent(), [
      {
        ...to,
        answers: [
          { text: 'DuckDB', note: 'for now' },
          { choices: ['Auth'], text: 'and undo' },
        ],
      },
    ]);
  });

  it('go back to the one before, and on from where the user has left', async () => {
    const { ask, sent, prompts } = setUp([database, name], { pick: ['SQLite'] }, { button: 'back' }, { pick: ['PostgreSQL'] }, 'escape');
    await ask();
    assert.deepEqual(sent(), []);
    prompts.will({ type: 'Shop' });
    await ask();
    assert.deepEqual(sent(), [{ ...to, answers: [{ choices: ['PostgreSQL'] }, { text: 'Shop' }] }]);
  });

  it('stay open with Escape, and when nothing is ticked', async () => {
    for (const script of ['escape', { pick: [] }] satisfies Act[]) {
      const { ask, sent } = setUp([features], script);
      await ask();
      assert.deepEqual(sent(), []);
    }
  });

  it('are on a page beside where a prompt can not show all of them', async () => {
    const preview = { ...database, options: [{ label: 'SQLite', preview: 'a.db\nb.db' }] };
    for (const [question, isBeside] of [
      [preview, true],
      [{ ...database, description: 'More of it.' }, true],
      [database, false],
    ] as const) {
      const { ask, pages, prompts } = setUp([question]);
      let meanwhile: string[] = [];
      prompts.will({ meanwhile: () => (meanwhile = [...pages.reviewed]), then: 'escape' });
      await ask();
      assert.deepEqual([meanwhile, [...pages.reviewed]], [isBeside ? ['request0001'] : [], []]);
    }
  });
});
