import assert from 'node:assert/strict';
import type { Board } from '../../../../src/client/board.ts';
import type { Request } from '../../../../src/protocol/model.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { type Act, FakePrompts } from '../support/fakePrompts.ts';
import { agent, board, change, english, permission, request, workspace } from '../support/fixtures.ts';

const { createThreads } = await withFakeVscode(() => import('../../../../src/ui/code/codeThreads.ts'));

const web = 'file:///home/ann/web';
const file = `${web}/src/total.ts`;

describe('threads in the code', () => {
  beforeEach(() => {
    resetEditor();
    editor.folders = [web];
    editor.files.set(file, 'one\ntwo\nthree\n');
  });

  const placed = (over: Partial<Request> = {}): Request => request({ place: { file: 'src/total.ts', line: 2 }, ...over });
  const boardOf = (...requests: Request[]): Board => board({ workspaces: [workspace({ folder: web })], requests });

  function open(first: Board, ...acts: Act[]) {
    const store = new FakeBoardStore(first);
    const prompts = new FakePrompts(...acts);
    const clock = createFakeClock();
    const sent: unknown[] = [];
    const answers = { send: async (id: string, draft: object) => void sent.push([id, draft]) };
    const threads = createThreads({
      board: store,
      prompts,
      answers,
      clock,
      keepInEditor: () => {},
      report: (error) => assert.ifError(error),
      l10n: english,
    });
    const update = (...requests: Request[]): void =>
      store.change(change({ type: 'agent.updated', payload: agent() }, boardOf(...requests)));
    /** Each thread: where it is, what it says over itself, and its comments. */
    const seen = () =>
      editor.controller.threads.map(({ uri, range, label, comments }) => [
        `${uri.path.split('/').at(-1)}:${(range?.start.line ?? -1) + 1}`,
        label,
        ...comments.map(({ author, body }) => `${author.name}: ${typeof body === 'string' ? body : body.value}`),
      ]);
    const [thread] = editor.controller.threads;
    return { store, prompts, clock, sent, threads, update, seen, thread };
  }

  it('show each request with a place in a folder of this window, closed, and no permission', () => {
    const { seen, thread } = open(
      boardOf(
        placed(),
        permission({}, { id: 'request0002', place: { file: 'src/total.ts', line: 1 } }),
        request({ id: 'request0003' }),
        placed({ id: 'request0004', place: { file: '/etc/hosts', line: 1 } }),
      ),
    );
    assert.deepEqual(seen(), [['total.ts:2', 'Claude Code asks', 'Agent Claude Code: Deploy to staging?']]);
    assert.deepEqual([thread?.collapsibleState, thread?.canReply, thread?.contextValue, thread?.state], [0, true, 'question', 0]);
  });

  it('show the answer, take none any more, and go with the request', () => {
    const { update, seen, thread } = open(boardOf(placed()));
    update(placed({ status: 'answered', answer: { text: 'Yes.', at: '2026-11-22T12:00:00.000Z' } }));
    assert.deepEqual(seen()[0]?.slice(2), ['Agent Claude Code: Deploy to staging?', 'You: Yes.']);
    assert.deepEqual([thread?.canReply, thread?.contextValue, thread?.state], [false, 'answered', 1]);
    update();
    assert.deepEqual(seen(), []);
  });

  it('come and go with the folder', () => {
    editor.folders = [];
    const { seen, update } = open(boardOf(placed()));
    assert.deepEqual(seen(), []);
    editor.folders = [web];
    editor.changedFolders.fire({ added: [], removed: [] });
    assert.equal(seen().length, 1);
    editor.folders = [];
    editor.changedFolders.fire({ added: [], removed: [] });
    assert.deepEqual(seen(), []);
    update(placed({ status: 'answered' }));
    assert.deepEqual(seen(), []);
  });

  it('say who asks as they are called now', () => {
    const { store, seen } = open(boardOf(placed()));
    const after = { ...boardOf(), requests: store.board.requests, agents: new Map([['agent000001', agent({ title: 'Claude Nine' })]]) };
    store.change(change({ type: 'agent.updated', payload: agent({ title: 'Claude Nine' }) }, after));
    assert.deepEqual(seen()[0]?.slice(1), ['Claude Nine asks', 'Agent Claude Nine: Deploy to staging?']);
  });

  it('follow their code while the file is open', () => {
    editor.documents = [file];
    const { clock, seen } = open(boardOf(placed({ place: { file: 'src/total.ts', line: 2, snippet: 'two' } })));
    editor.files.set(file, 'zero\none\ntwo\n');
    for (const _ of [1, 2]) editor.changedText.fire({ document: { uri: editor.controller.threads[0]?.uri } } as never);
    clock.advance(200);
    assert.deepEqual(seen()[0]?.slice(0, 2), ['total.ts:3', 'Claude Code asks']);
    editor.files.set(file, 'zero\n');
    editor.changedText.fire({ document: { uri: editor.controller.threads[0]?.uri } } as never);
    clock.advance(200);
    assert.deepEqual(seen()[0]?.slice(0, 2), ['total.ts:2', 'Claude Code asks · the code has moved or changed']);
  });

  describe('a reply', () => {
    const replies: readonly (readonly [
      what: string,
      of: Partial<Request>,
      text: string,
      verdict: 'approve' | 'sendBack' | undefined,
      sent: object | undefined,
    ])[] = [
      ['is words', {}, 'Not yet.', undefined, { text: 'Not yet.' }],
      ['is the choice that it names', { choices: ['Yes', 'No'] }, ' no ', undefined, { choices: ['No'] }],
      ['is nothing if nothing was written', {}, '  ', undefined, undefined],
      ['is a verdict with a note', { kind: 'review' }, ' Name it. ', 'sendBack', { decision: 'sendBack', note: 'Name it.' }],
      ['is a verdict alone', { kind: 'review' }, '', 'approve', { decision: 'approve' }],
    ];
    for (const [what, of, text, verdict, expected] of replies) {
      it(what, async () => {
        const { threads, thread, sent } = open(boardOf(placed(of)));
        await threads.reply({ thread, text }, verdict);
        assert.deepEqual(sent, expected === undefined ? [] : [['request0001', expected]]);
      });
    }

    it('to a request that is gone is handed on, so that the user hears that nothing was sent', async () => {
      const { threads, thread, sent, update } = open(boardOf(placed()));
      update();
      await threads.reply({ thread, text: 'Too late.' });
      assert.deepEqual(sent, [['request0001', { text: 'Too late.' }]]);
    });
  });

  describe('choices', () => {
    const asked = (over: Partial<Request> = {}): Request => placed({ choices: ['Yes', 'No'], ...over });

    it('are links in words of our own, which are trusted with one command; what the agent says is trusted with nothing', () => {
      const { thread, update } = open(boardOf(asked()));
      const [first, second, ...rest] = thread?.comments ?? [];
      assert.deepEqual([typeof first?.body, second?.author.name, rest], ['string', 'AgentRQ', []]);
      const { body } = second ?? {};
      assert.deepEqual(typeof body === 'object' && body.isTrusted, { enabledCommands: ['agentrq.chooseInCode'] });
      update(asked({ multiple: true }));
      assert.equal(thread?.comments.length, 1, 'one press is no answer to this');
      update(asked({ status: 'answered', answer: { choices: ['Yes'], at: '2026-11-22T12:00:00.000Z' } }));
      assert.deepEqual(
        thread?.comments.map(({ author }) => author.name),
        ['Agent Claude Code', 'You'],
      );
    });

    it('are sent by a press, unless they have just come or moved', async () => {
      editor.documents = [file];
      const { threads, clock, sent } = open(boardOf(asked({ place: { file: 'src/total.ts', line: 2, snippet: 'two' } })));
      clock.advance(399);
      await threads.choose('request0001', 1);
      assert.deepEqual(sent, []);
      editor.files.set(file, 'zero\none\ntwo\n');
      editor.changedText.fire({ document: { uri: editor.controller.threads[0]?.uri } } as never);
      clock.advance(200);
      clock.advance(399);
      await threads.choose('request0001', 1);
      assert.deepEqual(sent, []);
      clock.advance(1);
      await threads.choose('request0001', 1);
      assert.deepEqual(sent, [['request0001', { choices: ['No'] }]]);
    });

    it('are nothing else than those of a question that is there', async () => {
      const { threads, clock, sent } = open(boardOf(asked(), placed({ id: 'request0002', kind: 'review' })));
      clock.advance(1_000);
      for (const [id, index] of [
        ['request0001', 2],
        ['request0001', -1],
        ['request0001', '0'],
        ['request0002', 0],
        ['request0009', 0],
        [{}, 0],
      ])
        await threads.choose(id, index);
      assert.deepEqual(sent, []);
    });
  });

  describe('a review', () => {
    const review = (over: Partial<Request> = {}): Request => placed({ kind: 'review', ...over });

    it('is decided by links without a note, in words of our own that are trusted with these two commands', async () => {
      const { thread, threads, clock, sent } = open(boardOf(review()));
      const { author, body } = thread?.comments[1] ?? {};
      assert.equal(author?.name, 'AgentRQ');
      assert.ok(typeof body === 'object');
      assert.deepEqual(body.isTrusted, { enabledCommands: ['agentrq.approveInCode', 'agentrq.sendBackInCode'] });
      assert.match(body.value, /^\[Approve\]\(command:agentrq\.approveInCode\?%5B%22request0001%22%5D\) · \[Send Back\]/);
      clock.advance(400);
      await threads.reply('request0001', 'approve');
      await threads.reply('request0001', 'sendBack');
      assert.deepEqual(sent, [
        ['request0001', { decision: 'approve' }],
        ['request0001', { decision: 'sendBack' }],
      ]);
    });

    it('is not decided by a press that came just after it, nor is anything else', async () => {
      const { threads, clock, sent, update, thread } = open(boardOf(review(), placed({ id: 'request0002' })));
      clock.advance(399);
      await threads.reply('request0001', 'approve');
      clock.advance(1_000);
      for (const id of ['request0002', 'request0009', '']) await threads.reply(id, 'approve');
      assert.deepEqual(sent, []);
      update(review({ status: 'answered', answer: { decision: 'approve', at: '2026-11-22T12:00:00.000Z' } }));
      assert.equal(thread?.comments.length, 2, 'the review and the verdict');
    });
  });

  describe('opening one', () => {
    it('shows its line and unfolds it', async () => {
      const { threads, thread } = open(boardOf(placed()));
      assert.equal(await threads.open(placed()), true);
      assert.deepEqual([editor.opened, thread?.collapsibleState], [[{ uri: file, line: 1 }], 1]);
    });

    it('is not for a request without a place, or of a workspace without a folder', async () => {
      const { threads } = open(board({ requests: [placed()] }));
      assert.deepEqual([await threads.open(request()), await threads.open(placed())], [false, false]);
    });

    for (const [pressed, opened] of [
      ['Open File', 1],
      [undefined, 0],
    ] as const) {
      it(`shows a file outside of the folders ${opened === 1 ? 'once the user agrees' : 'not unless the user agrees'}`, async () => {
        editor.files.set('file:///etc/hosts', 'localhost\n');
        const outside = placed({ place: { file: '/etc/hosts', line: 1 } });
        const { threads, prompts } = open(boardOf(outside), pressed === undefined ? 'escape' : { press: pressed });
        assert.equal(await threads.open(outside), true);
        assert.equal(editor.opened.length, opened);
        assert.deepEqual(
          prompts.shown.map((shown) => 'detail' in shown && shown.detail),
          ['The agent names /etc/hosts, which is in no folder that is open here.'],
        );
      });
    }

    const diffs = () => editor.executed.filter(({ command }) => command === 'vscode.diff').map(({ args }) => args.slice(0, 2).map(String));

    it('shows what has changed in the file since the last commit, if it is a review', async () => {
      const review = placed({ kind: 'review' });
      const { threads, thread } = open(boardOf(review, placed({ id: 'request0002' })));
      editor.changes = new Map([[file, `diff --git a/src/total.ts b/src/total.ts\n--- a\n+++ b\n@@ -1 +1 @@\n-new file mode\n+one\n`]]);
      assert.equal(await threads.open(review), true);
      assert.deepEqual([editor.opened, thread?.collapsibleState], [[], 1]);
      assert.deepEqual(diffs(), [[`git:${file.slice('file:'.length)}?HEAD`, file]]);
      await threads.open(placed({ id: 'request0002' }));
      assert.deepEqual([editor.opened.length, diffs().length], [1, 1], 'a question is about the file as it is');
    });

    it('shows the file of a review where nothing has changed, where it is new, and without Git', async () => {
      const review = placed({ kind: 'review' });
      const { threads } = open(boardOf(review));
      for (const changes of [undefined, new Map(), new Map([[file, 'diff --git a b\nnew file mode 100644\n@@ -0,0 +1 @@\n+one\n']])]) {
        editor.changes = changes;
        await threads.open(review);
      }
      assert.deepEqual([editor.opened.length, diffs()], [3, []]);
    });

    it('says so when the file can’t be opened', async () => {
      editor.files.clear();
      const { threads, prompts } = open(boardOf(placed()));
      assert.equal(await threads.open(placed()), false);
      assert.deepEqual(prompts.texts, ['src/total.ts can’t be opened. The whole request is on its page.']);
    });
  });

  it('are gone once they are disposed', () => {
    const { threads, seen, update } = open(boardOf(placed()));
    threads.dispose();
    update(placed({ id: 'request0005' }));
    assert.deepEqual(seen(), []);
  });
});
