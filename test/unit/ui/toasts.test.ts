import assert from 'node:assert/strict';
import { createReplyFlow } from '../../../src/ui/replyFlow.ts';
import { createToasts } from '../../../src/ui/toasts.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { FakeBoardStore } from './fakeBoardStore.ts';
import { FakeHubApi } from './fakeHubApi.ts';
import { FakePages } from './fakePages.ts';
import type { Act } from './fakePrompts.ts';
import { FakePrompts } from './fakePrompts.ts';
import { agent, board, change, english, message, permission, request, task, workspaceId } from './fixtures.ts';
import { testAnswers } from './testAnswers.ts';

function setUp(...script: Act[]) {
  return setUpWith(
    new FakeHubApi({ answerRequest: () => ({ request: request() }), replyToTask: () => ({ task: task(), message: message() }) }),
    ...script,
  );
}

function setUpWith(api: FakeHubApi, ...script: Act[]) {
  const store = new FakeBoardStore(board());
  const prompts = new FakePrompts(...script);
  const pages = new FakePages();
  const failures: unknown[] = [];
  const clock = createFakeClock();
  const common = { board: store, api, prompts, pages, clock, l10n: english };
  const toasts = createToasts({
    ...common,
    context: () => ({
      levels: { questions: 'all', messages: 'all' },
      ownWorkspaces: [workspaceId],
      windowFocused: true,
      isReading: () => false,
    }),
    answers: testAnswers(common),
    replies: createReplyFlow({ ...common, randomId: () => 'a-random-id' }),
    report: (error) => failures.push(error),
  });
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const ask = (over: Parameters<typeof request>[0] = {}, live = true): Promise<void> => {
    const asked = request(over);
    store.change(change({ type: 'request.created', payload: asked }, board({ requests: [asked] }), live));
    clock.advance(300);
    return settled();
  };
  const show = (asked: ReturnType<typeof request>): Promise<void> => {
    store.change(change({ type: 'request.created', payload: asked }, board({ requests: [asked] })));
    clock.advance(300);
    return settled();
  };
  const tell = (): Promise<void> => {
    store.change(change({ type: 'message.created', payload: message() }, store.board));
    clock.advance(300);
    return settled();
  };
  return { store, api, prompts, pages, clock, settled, failures, toasts, ask, show, tell };
}

describe('toasts', () => {
  it('sends the choice that was pressed, and says no more', async () => {
    const { ask, api, prompts } = setUp({ press: 'Yes' });
    await ask({ choices: ['Yes', 'No'] });
    assert.deepEqual(api.calls, [{ name: 'answerRequest', input: { workspaceId, requestId: 'request0001', choices: ['Yes'] } }]);
    assert.equal(prompts.shown.length, 1);
  });

  it('asks for the answer, and opens the page', async () => {
    const { ask, api, pages } = setUp({ press: 'Answer…' }, { type: 'Yes.' }, { press: 'Open' });
    await ask();
    assert.equal(api.calls.length, 1);
    await ask({ id: 'request0002' });
    assert.deepEqual(pages.opened, ['request0002']);
  });

  it('replies to a message, and opens its task', async () => {
    const reply = setUp({ press: 'Reply…' }, { type: 'Thanks.' });
    await reply.tell();
    assert.deepEqual(reply.api.calls[0]?.input, { workspaceId, taskId: 'task0000001', text: 'Thanks.', key: 'a-random-id' });
    const open = setUp({ press: 'Open' });
    await open.tell();
    assert.deepEqual(open.pages.opened, ['task0000001']);
  });

  it('shows each question once, and none that is replayed', async () => {
    const { ask, prompts } = setUp();
    await ask({}, false);
    assert.equal(prompts.shown.length, 0);
    await ask();
    await ask();
    assert.equal(prompts.shown.length, 1);
  });

  it('does nothing when it is closed', async () => {
    const { ask, api, pages } = setUp('escape');
    await ask();
    assert.deepEqual([api.calls, pages.opened], [[], []]);
  });

  it('takes a late press, does no harm, and says so', async () => {
    const { ask, api, prompts, store, pages } = setUp();
    const answered = (): void => store.replace(board({ requests: [request({ status: 'answered' })] }));
    prompts.will({ meanwhile: answered, then: { press: 'Yes' } });
    await ask({ choices: ['Yes'] });
    assert.deepEqual(api.calls, []);
    assert.match(prompts.texts[1] ?? '', /already answered elsewhere.*Nothing was sent/);
    prompts.will({ meanwhile: () => store.replace(board()), then: { press: 'Open' } });
    await ask({ id: 'request0002' });
    assert.deepEqual(pages.opened, ['request0002'], 'what it was about can still be read');
  });

  it('sends the verdict that was pressed, and asks for one where not all can be shown', async () => {
    const { show, api, prompts } = setUp(
      { press: 'Allow Once' },
      { press: 'Deny' },
      { press: 'More…' },
      'escape',
      { press: 'Review…' },
      'escape',
    );
    for (const id of ['request0001', 'request0002', 'request0003']) await show(permission({}, { id }));
    await show(permission({ input: '{"command":"npm test\\nnpm publish"}' }, { id: 'request0004' }));
    assert.deepEqual(
      api.calls.map((call) => call.input),
      [
        { workspaceId, requestId: 'request0001', decision: 'allow' },
        { workspaceId, requestId: 'request0002', decision: 'deny' },
      ],
    );
    assert.equal(prompts.shown.filter(({ kind }) => kind === 'pick').length, 2);
  });

  it('takes a late verdict for nothing', async () => {
    const { show, api, prompts, store } = setUp();
    prompts.will({ meanwhile: () => store.replace(board()), then: { press: 'Allow Once' } });
    await show(permission());
    assert.deepEqual(api.calls, []);
    assert.match(prompts.texts[1] ?? '', /the agent no longer waits for it\. Nothing was sent/);
  });

  it('says once that an agent waits in its own window, and not at all when it goes on meanwhile', async () => {
    const { store, prompts, clock, settled } = setUp();
    const waits = agent({ waitsElsewhere: { text: 'Bash: npm publish', at: '2026-11-22T12:00:00.000Z' } });
    const say = (after: ReturnType<typeof board>): void =>
      store.change(change({ type: 'agent.updated', payload: waits }, after, true, board()));
    say(board({ agents: [waits] }));
    say(board({ agents: [waits] }));
    const again = { ...waits, waitsElsewhere: { text: 'Edit', at: '2026-11-22T12:01:00.000Z' } };
    store.change(change({ type: 'agent.updated', payload: again }, board({ agents: [again] }), true, board()));
    store.replace(board());
    clock.advance(1_000);
    await settled();
    assert.deepEqual(prompts.texts, ['Claude Code waits in its own window: Bash: npm publish']);
  });

  it('reports what fails', async () => {
    const { ask, failures } = setUpWith(new FakeHubApi(), { press: 'Yes' });
    await ask({ choices: ['Yes'] });
    assert.match(String(failures[0]), /no answer to answerRequest/);
  });

  it('is silent once it is disposed', async () => {
    const { ask, prompts, toasts } = setUp();
    toasts.dispose();
    await ask();
    assert.equal(prompts.shown.length, 0);
  });

  it('comes no more than three times in 800 ms, which is all that the editor draws, and leaves out what is done by then', async () => {
    const { store, prompts, clock, settled } = setUp(...Array.from({ length: 9 }, () => 'escape' as const));
    const asked = [1, 2, 3, 4, 5].map((index) => request({ id: `request000${index}`, question: `Question ${index}?` }));
    for (const one of asked) {
      store.change(change({ type: 'request.created', payload: one }, board({ requests: asked })));
    }
    const questions = () => prompts.shown.map((shown) => /Question \d/.exec(JSON.stringify(shown))?.[0]);
    await settled();
    assert.deepEqual(questions(), ['Question 1']);
    clock.advance(799);
    await settled();
    assert.deepEqual(questions(), ['Question 1', 'Question 2', 'Question 3']);
    const answered = request({ id: 'request0004', status: 'answered' });
    store.change(
      change(
        { type: 'request.updated', payload: answered },
        board({ requests: [...asked.filter(({ id }) => id !== answered.id), answered] }),
      ),
    );
    clock.advance(1_000);
    await settled();
    assert.deepEqual(questions(), ['Question 1', 'Question 2', 'Question 3', 'Question 5']);
  });
});
