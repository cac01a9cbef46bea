import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { HubEvent } from '../../../../src/protocol/events.ts';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import type { Message, Request, Task } from '../../../../src/protocol/model.ts';
import type { ToPage } from '../../../../src/protocol/toPanelPage.ts';
import { pageKeyboard } from '../../../../src/ui/shell/pageKeyboard.ts';
import { createLogger } from '../../../../src/util/log.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { FakePanel } from '../../../support/fakeVscode/panel.ts';
import { Uri } from '../../../support/fakeVscode/values.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { FakeRules } from '../support/fakeRules.ts';
import { agent, ago, board, message, now, permission, request, task, workspaceId } from '../support/fixtures.ts';

const { showTask } = await withFakeVscode(() => import('../../../../src/ui/panel/taskPanel.ts'));

const settleMs = 16;

describe('the panel of a task', () => {
  beforeEach(resetEditor);

  interface Read {
    task?: Task;
    messages?: Message[];
    requests?: Request[];
  }

  /** A hub that answers when the test says so, if it wants to. */
  function open(read: Read = {}, over: { seen?: () => Promise<unknown>; reply?: () => Promise<unknown>; fails?: Error } = {}) {
    const clock = createFakeClock(now);
    const store = new FakeBoardStore({
      ...board({ requests: [permission({}, { id: 'elsewhere01', taskId: 'task0000002' })] }),
      cursor: { epoch: 'e', number: 5 },
    });
    const thread = { task: task({ seenAt: ago(0) }), messages: [message()], requests: [], ...read };
    const api = new FakeHubApi({
      getTask: () => {
        if (over.fails !== undefined) throw over.fails;
        return { cursor: 'e.5', ...thread };
      },
      answerRequest: ({ requestId }) => ({ request: request({ id: requestId, status: 'answered' }) }),
      retractAnswer: ({ requestId }) => ({ request: request({ id: requestId }) }),
      markSeen: (() => over.seen?.() ?? { task: thread.task }) as never,
      replyToTask: (() => over.reply?.() ?? { task: thread.task, message: message() }) as never,
    });
    const warnings: string[] = [];
    const panel = new FakePanel();
    const shown = showTask({
      board: store,
      api,
      prompts: new FakePrompts(),
      clock,
      log: createLogger((_level, line) => warnings.push(line)),
      keyboard: pageKeyboard,
      keepInEditor: () => {},
      dist: '/dist',
      answered: () => {},
      changed: () => {},
      panel,
      task: { id: 'task0000001', workspaceId, title: 'Fix the login' },
      folder: Uri.file('/dist'),
      patches: { open: async () => {}, openEdit: async () => {}, dispose: () => {} },
      filePages: { open: async () => true, dispose: () => {} },
      rules: new FakeRules({ kind: 'once' }),
      lastEditor: () => undefined,
    });
    panel.onDidDispose(() => shown.dispose());
    const told = panel.told as ToPage[];
    let number = 5;
    function happen(event: HubEvent): void {
      number += 1;
      const requests = new Map(store.board.requests);
      if (event.type === 'request.updated') requests.set(event.payload.id, event.payload);
      const after = { ...store.board, requests, cursor: { epoch: 'e', number } };
      store.change({ event, before: store.board, after, live: true });
    }
    async function settle(): Promise<void> {
      await turn();
      clock.advance(settleMs);
      await turn();
    }
    async function begin(): Promise<void> {
      panel.say({ type: 'ready' });
      await settle();
    }
    /** What the page was told since this was last asked. */
    const news = (): ToPage[] => told.splice(0);
    const calls = (name: string): unknown[] => api.calls.filter((call) => call.name === name).map(({ input }) => input);
    return { panel, shown, store, clock, warnings, happen, settle, begin, news, calls };
  }

  const types = (messages: readonly ToPage[]): string[] => messages.map(({ type }) => type);
  const said = (id: string, text: string, createdAt = ago(0)): HubEvent => ({
    type: 'message.created',
    payload: message({ id, text, createdAt }),
  });

  it('tells its page nothing before that listens, and then everything', async () => {
    const { panel, settle, begin, news } = open();
    await settle();
    assert.deepEqual(news(), []);
    assert.match(panel.webview.html, /Content-Security-Policy[^]*default-src 'none'/);
    assert.deepEqual(
      panel.webview.options.localResourceRoots?.map(({ path }) => path),
      ['/dist'],
    );
    await begin();
    const [first, thread] = news();
    assert.deepEqual(first?.type === 'begin' && first.saved, { workspaceId, taskId: 'task0000001', title: 'Fix the login' });
    assert.deepEqual(thread?.type === 'thread' && thread.rows.map(({ id }) => id), ['task0000001', 'message0001']);
    assert.equal(panel.title, 'Fix the login');
  });

  it('sends the rows that have changed, many events of a turn at once, and what is new in words', async () => {
    const { begin, settle, news, happen } = open();
    await begin();
    news();
    happen(said('message0002', 'One.'));
    happen(said('message0003', 'Two.'));
    assert.deepEqual(news(), []);
    await settle();
    const [change, ...rest] = news();
    assert.deepEqual(rest, []);
    assert.deepEqual(change?.type === 'change' && [change.rows.map(({ id }) => id), change.removed, change.news.length], [
      ['message0002', 'message0003'],
      [],
      2,
    ]);
  });

  it('tells a page that comes back everything, and one that is hidden nothing', async () => {
    const { panel, begin, settle, news, happen } = open();
    await begin();
    panel.show(false);
    news();
    happen(said('message0002', 'One.'));
    await settle();
    assert.deepEqual(news(), []);
    panel.show(true);
    await begin();
    assert.deepEqual(types(news()).slice(0, 2), ['begin', 'thread']);
  });

  it('says why there is nothing to show', async () => {
    const failed = open({}, { fails: new HubError('task_not_found', 'x') });
    await failed.begin();
    assert.deepEqual(types(failed.news()), ['begin', 'failed']);
    const deleted = open();
    await deleted.begin();
    deleted.news();
    deleted.happen({ type: 'task.deleted', payload: { id: 'task0000001', workspaceId } });
    await deleted.settle();
    assert.deepEqual(deleted.news(), [{ type: 'failed', text: 'This task no longer exists. Nothing was changed.' }]);
  });

  it('goes to a row as soon as that is there', async () => {
    const { shown, begin, news } = open();
    shown.reveal('message0001');
    await begin();
    assert.deepEqual(news().at(-1), { type: 'reveal', rowId: 'message0001' });
  });

  it('looks at ages from time to time, and tells only what reads otherwise', async () => {
    const { store, clock, begin, news } = open();
    store.board = { ...store.board, agents: new Map([['agent000001', agent({ connected: false, lastHeardAt: ago(0) })]]) };
    await begin();
    news();
    clock.advance(10_000);
    const [change, ...rest] = news();
    assert.deepEqual(rest, []);
    assert.ok(change === undefined || (change.type === 'change' && change.rows.length === 0));
  });

  it('says what an answer will do, as long as it may be done otherwise by then', async () => {
    const { store, clock, begin, news } = open({ requests: [request()] });
    const recent = agent({ connected: false, lastHeardAt: ago(9 * 60) });
    store.board = { ...store.board, agents: new Map([['agent000001', recent]]) };
    await begin();
    const effects = (): string[] => news().flatMap((told) => ('rows' in told ? told.rows.flatMap(({ card }) => card?.effect ?? []) : []));
    assert.deepEqual(effects(), ['It gets your answer with its next step.']);
    clock.advance(70_000);
    assert.deepEqual(effects(), ['It is offline and gets your answer when it is back.']);
    clock.advance(70_000);
    assert.deepEqual(effects(), []);
  });

  it('loses nothing of what changes just before it looks at ages', async () => {
    const { clock, begin, settle, news, happen } = open();
    await begin();
    news();
    clock.advance(9_990 - settleMs);
    happen({ type: 'message.deleted', payload: { id: 'message0001', workspaceId, taskId: 'task0000001' } });
    happen(said('message0002', 'One.'));
    clock.advance(10);
    await settle();
    const changes = news().filter((told) => told.type === 'change');
    assert.deepEqual(
      [
        changes.flatMap(({ removed }) => removed),
        changes.flatMap(({ rows }) => rows.map(({ id }) => id)),
        changes.flatMap((told) => told.news),
      ],
      [['message0001'], ['message0002'], ['message0002']],
    );
    assert.equal(changes.length, 2, 'the ages came first');
  });

  it('passes over what it does not understand', async () => {
    const { panel, begin, news, calls, warnings } = open();
    await begin();
    news();
    for (const nonsense of [undefined, 'ready', { type: 'run', command: 'rm' }, { type: 'decide', requestId: '../x', decision: 'allow' }])
      panel.say(nonsense);
    assert.deepEqual([news(), calls('answerRequest'), warnings.length], [[], [], 4]);
  });

  describe('that a task was seen', () => {
    const unseen = { task: task({ seenAt: ago(60), lastMessageAt: ago(30) }) };

    it('is noted once its thread is before the user, and not otherwise', async () => {
      const cases: readonly (readonly [read: Read, focused: boolean, visible: boolean, calls: number])[] = [
        [unseen, true, true, 1],
        [{}, true, true, 0],
        [unseen, false, true, 0],
      ];
      for (const [read, focused, , count] of cases) {
        editor.focused = focused;
        const { begin, calls } = open(read);
        await begin();
        assert.equal(calls('markSeen').length, count);
      }
    });

    it('is noted when the user comes back to the window', async () => {
      editor.focused = false;
      const { begin, settle, calls } = open(unseen);
      await begin();
      editor.focused = true;
      editor.changedWindow.fire({ focused: true, active: true });
      await settle();
      assert.equal(calls('markSeen').length, 1);
    });

    it('is noted once more for what came while it was being noted', async () => {
      const first = Promise.withResolvers<void>();
      const { begin, settle, calls, happen } = open(unseen, { seen: () => first.promise });
      await begin();
      happen(said('message0002', 'Meanwhile.'));
      happen({ type: 'task.updated', payload: task({ seenAt: ago(10), lastMessageAt: ago(0) }) });
      await settle();
      assert.equal(calls('markSeen').length, 1, 'one at a time');
      first.resolve();
      await settle();
      assert.equal(calls('markSeen').length, 2);
    });

    it('is not noted again and again if it can’t be', async () => {
      const { begin, settle, calls, warnings } = open(unseen, {
        seen: async () => {
          throw new Error('no hub');
        },
      });
      await begin();
      await settle();
      assert.deepEqual([calls('markSeen').length, warnings.length], [1, 1]);
    });
  });

  describe('what is new to the user', () => {
    const unseen = { task: task({ seenAt: ago(60), lastMessageAt: ago(30) }) };
    const lines = (told: readonly ToPage[]): (string | undefined)[] =>
      told.flatMap((each) => (each.type === 'thread' || each.type === 'change' ? [each.header.newSince] : []));

    it('is what came since they looked last, and stays new as long as they look', async () => {
      const { begin, settle, news, happen } = open(unseen);
      await begin();
      assert.deepEqual(lines(news()), [ago(60)]);
      happen({ type: 'task.updated', payload: task({ seenAt: ago(10), lastMessageAt: ago(30) }) });
      happen(said('message0002', 'One more.'));
      await settle();
      assert.deepEqual(lines(news()), [ago(60)]);
    });

    it('is nothing for who has seen it all, or has never looked', async () => {
      for (const read of [{}, { task: task({ lastMessageAt: ago(30) }) }]) {
        const { begin, news } = open(read);
        await begin();
        assert.deepEqual(lines(news()), [undefined]);
      }
    });

    it('is counted anew when they come back to the window', async () => {
      const { begin, settle, news, happen } = open(unseen);
      await begin();
      editor.focused = false;
      editor.changedWindow.fire({ focused: false, active: false });
      happen({ type: 'task.updated', payload: task({ seenAt: ago(10), lastMessageAt: ago(30) }) });
      happen(said('message0002', 'Meanwhile.'));
      happen({ type: 'task.updated', payload: task({ seenAt: ago(10), lastMessageAt: ago(0) }) });
      await settle();
      news();
      editor.focused = true;
      editor.changedWindow.fire({ focused: true, active: true });
      await settle();
      assert.deepEqual(lines(news()), [ago(10)]);
    });
  });

  describe('a page that was taken over by what it shows', () => {
    const orders: readonly object[] = [
      { type: 'answer', text: 'Yes' },
      { type: 'decide', decision: 'allow' },
      { type: 'always' },
      { type: 'takeBack' },
    ];
    for (const order of orders) {
      it(`can’t answer a request of another task: ${JSON.stringify(order)}`, async () => {
        const { panel, begin, settle, news, calls } = open({ requests: [request({ id: 'request0001' })] });
        await begin();
        news();
        panel.say({ ...order, requestId: 'elsewhere01' });
        await settle();
        assert.deepEqual([calls('answerRequest'), calls('retractAnswer')], [[], []]);
        assert.deepEqual(types(news()), ['unanswered', 'notice']);
        panel.say({ ...order, requestId: 'request0001' });
        await settle();
        assert.equal(calls('answerRequest').length + calls('retractAnswer').length, 1);
      });
    }
  });

  describe('once it is closed', () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    before(() => process.on('unhandledRejection', note));
    after(() => process.off('unhandledRejection', note));
    afterEach(async () => {
      await turn();
      assert.deepEqual(unhandled.splice(0), [], 'a failure that nobody hears of');
    });

    it('tells its page nothing of what ends after that', async () => {
      const reply = Promise.withResolvers<void>();
      const { panel, begin, settle, news, happen, clock } = open({}, { reply: () => reply.promise });
      await begin();
      panel.say({ type: 'reply', text: 'Go on.', key: 'key00000', answers: null });
      happen(said('message0002', 'Meanwhile.'));
      news();
      panel.dispose();
      reply.reject(new Error('no hub'));
      await settle();
      clock.advance(60_000);
      assert.deepEqual([news(), clock.pending], [[], 0]);
    });

    it('notes nothing any more', async () => {
      const first = Promise.withResolvers<void>();
      const { panel, begin, settle, calls, happen } = open(
        { task: task({ seenAt: ago(60), lastMessageAt: ago(30) }) },
        { seen: () => first.promise },
      );
      await begin();
      happen(said('message0002', 'Meanwhile.'));
      await settle();
      panel.dispose();
      first.resolve();
      await settle();
      assert.equal(calls('markSeen').length, 1);
    });
  });
});
