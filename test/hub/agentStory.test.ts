import assert from 'node:assert/strict';
import type { Request } from '../../src/protocol/model.ts';
import { connectAgent, eras, type TestAgent } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

/** How long a call waits for its answer. Clients of the SDK give up after 60 s. */
const wait_s = 50;

for (const era of [...eras, 'sse'] as const) {
  describe(`an agent of the ${era} era`, () => {
    let test: TestHub;
    let agent: TestAgent;

    beforeEach(async () => {
      test = await startTestHub();
      agent = await connectAgent(era, test.agentAddress());
    });

    afterEach(async () => {
      await agent.close();
      await test.dispose();
    });

    const board = () => test.api.call('getBoard', {});

    it('speaks its own revision of MCP and is told how to work', async () => {
      assert.equal(agent.protocolVersion(), era === 'modern' ? '2026-07-28' : '2025-11-25');
      assert.match(agent.instructions() ?? '', /askHuman/);
      assert.ok((agent.instructions() ?? '').length <= 1024);
    });

    it('needs nothing from the network to understand what a tool takes', async () => {
      for (const { name, inputSchema } of await agent.listTools())
        assert.equal(JSON.stringify(inputSchema).includes('"$schema"'), false, name);
    });

    it('finds the tools, with hints which of them change something', async () => {
      const tools = await agent.listTools();
      assert.deepEqual(tools.map(({ name }) => name).toSorted(), [
        'askHuman',
        'createTask',
        'downloadAttachment',
        'getTask',
        'getWorkspace',
        'reply',
        'requestPermission',
        'requestReview',
        'updateTaskStatus',
        'waitForReply',
      ]);
      const hints = Object.fromEntries(tools.map(({ name, annotations }) => [name, annotations?.['readOnlyHint']]));
      const reading = Object.keys(hints).filter((name) => hints[name] === true);
      assert.deepEqual(reading.toSorted(), ['downloadAttachment', 'getWorkspace'], 'a call of any other gives out, takes or writes');
    });

    it("creates a task, moves it and replies, in AgentRQ's words", async () => {
      const created = await agent.call('createTask', { title: 'Fix the build', body: 'It is red.' });
      const id = /^task created with id=([0-9A-Za-z]{11})$/.exec(created.text)?.[1] ?? assert.fail(created.text);
      const moved = await agent.call('updateTaskStatus', { taskId: id, status: 'ongoing' });
      assert.equal(moved.text, `task ${id} updated to status=ongoing`);
      assert.equal((await agent.call('reply', { chatId: id, text: 'On it.' })).text, 'reply sent');

      const thread = await test.api.call('getTask', { workspaceId: test.workspaceId, taskId: id });
      assert.equal(thread.task.status, 'ongoing');
      assert.equal(thread.task.createdBy, 'agent');
      assert.deepEqual(
        thread.messages.map(({ sender, text }) => [sender, text]),
        [
          ['agent', 'Status updated to: ongoing'],
          ['agent', 'On it.'],
        ],
      );
    });

    it('takes the oldest task that waits, and is told to the letter when there is none', async () => {
      assert.deepEqual((await agent.call('getTask')).texts, ['no pending tasks exist']);
      const { task } = await test.api.call('createTask', { workspaceId: test.workspaceId, title: 'One', body: 'First line\nsecond' });
      await test.api.call('createTask', { workspaceId: test.workspaceId, title: 'Two' });
      await test.api.call('createTask', { workspaceId: test.workspaceId, title: 'Mine', assignee: 'human' });

      const next = await agent.call('getTask');
      assert.equal(next.text, `Next assigned task:\nID: ${task.id}\nTitle: One\nStatus: notstarted\nDetails: First line\nsecond`);
      assert.match((await agent.call('getTask', { taskId: task.id })).text, /^Task details:\nID: /);
      await agent.call('reply', { chatId: task.id, text: 'Starting.' });
      assert.match((await agent.call('getTask')).text, /Title: Two\n/);
    });

    it('reads a conversation in pages', async () => {
      const { task } = await test.api.call('createTask', { workspaceId: test.workspaceId, title: 'Talk' });
      for (const text of ['a', 'b', 'c']) await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId: task.id, text });
      const read = async (cursor: number) => {
        const { text } = await agent.call('getTask', { taskId: task.id, includeConversation: true, cursor, limit: 2 });
        return JSON.parse(text.split('\n\nConversation:\n')[1] ?? '') as { cursor: number; total: number; messages: { text: string }[] };
      };
      const first = await read(0);
      assert.deepEqual([first.cursor, first.total, first.messages.map(({ text }) => text)], [2, 3, ['a', 'b']]);
      assert.deepEqual(
        (await read(first.cursor)).messages.map(({ text }) => text),
        ['c'],
      );
    });

    it('sees what the workspace is for', async () => {
      await agent.call('createTask', { title: 'A', body: 'b' });
      const { text } = await agent.call('getWorkspace');
      assert.equal(
        text,
        'Workspace: test\nDescription: \n\nTask Statistics:\n- Not Started: 1\n- Ongoing: 0\n- Completed: 0\n- Rejected: 0\n- Blocked: 0',
      );
    });

    it('asks, waits, and has the choice that the user clicked', async () => {
      const asking = agent.call('askHuman', { question: 'Deploy?', choices: ['Staging', 'Production'], wait_s });
      const request = await openRequest(test);
      assert.deepEqual([request.question, request.choices, request.status], ['Deploy?', ['Staging', 'Production'], 'open']);
      await test.api.call('answerRequest', {
        workspaceId: test.workspaceId,
        requestId: request.id,
        choices: ['Staging'],
        note: 'not on a Friday',
      });

      const { text, structured, isError } = await asking;
      assert.equal(isError, false);
      assert.match(text, /^The user answered: Staging \(note: not on a Friday\)\n/);
      assert.equal(structured['status'], 'answered');
      assert.equal(structured['requestId'], request.id);
      const { at, ...answer } = structured['answer'] as Record<string, unknown>;
      assert.deepEqual(answer, { choices: ['Staging'], note: 'not on a Friday' });
      assert.ok(at);
    });

    it('gets “pending” with the next step, and the answer from a later wait; asking again asks nothing new', async () => {
      const question = { question: 'Which name?', wait_s: 0 };
      const pending = await agent.call('askHuman', question);
      assert.equal(pending.structured['status'], 'pending');
      assert.match(pending.text, /waitForReply with requestId "[0-9A-Za-z]{11}"/);
      const requestId = String(pending.structured['requestId']);
      assert.equal((await agent.call('askHuman', question)).structured['requestId'], requestId);
      assert.equal((await board()).requests.length, 1);

      const waiting = agent.call('waitForReply', { requestId, wait_s });
      await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId, text: 'hub' });
      assert.match((await waiting).text, /^The user answered: hub\n/);

      // It may not have seen the answer: the same call gives it again. Any other call proves that it has.
      assert.match((await agent.call('askHuman', question)).text, /^The user answered: hub\n/);
      assert.equal((await board()).requests[0]?.status, 'answered');
      await agent.call('getWorkspace');
      assert.equal((await board()).requests[0]?.status, 'delivered');
      await agent.call('createTask', { title: 'Go on', body: 'b' });
      assert.deepEqual((await board()).requests, [], 'it has gone on with the answer');
      assert.notEqual((await agent.call('askHuman', question)).structured['requestId'], requestId);
    });

    it('hears while it waits that the call is alive', async () => {
      const heard: number[] = [];
      const asking = agent.call('askHuman', { question: 'There?', wait_s }, { onprogress: ({ progress }) => heard.push(progress) });
      await waitFor('a sign of life', () => heard.length > 0);
      const { id } = await openRequest(test);
      await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId: id, text: 'yes' });
      assert.match((await asking).text, /^The user answered: yes\n/);
      // Another sign comes only after ten seconds.
      assert.deepEqual(
        heard,
        heard.map((_, index) => index + 1),
      );
    });

    it('finds what the user wrote at the end of its next result, once', async () => {
      const taskId = await agent.createTask('T', 'b');
      const { message } = await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text: 'Use tabs.' });
      assert.equal(message.delivery, 'queued');

      const next = await agent.call('getWorkspace');
      assert.equal(next.texts[1], `Unread messages from the user (1):\n[Reply to task ${taskId}] Use tabs.`);
      const delivery = async () => (await test.api.call('getTask', { workspaceId: test.workspaceId, taskId })).messages[0]?.delivery;
      assert.equal(await delivery(), 'offered');
      assert.equal((await agent.call('getWorkspace')).texts.length, 1);
      assert.equal(await delivery(), 'delivered');
    });

    it('is woken by a message while it waits for a task', async () => {
      const taskId = await agent.createTask('T', 'b');
      const waiting = agent.call('waitForReply', { taskId, wait_s });
      await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text: 'Stop, please.' });
      const { structured, texts } = await waiting;
      assert.equal(structured['status'], 'answered');
      assert.match(texts.join('\n'), /Stop, please\./);
    });

    it("hears what was written in a task of the user's, as soon as it waits for it or asks about it", async () => {
      const { task } = await test.api.call('createTask', { workspaceId: test.workspaceId, title: 'From the user' });
      await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId: task.id, text: 'Mind the gap.' });
      assert.match((await agent.call('waitForReply', { taskId: task.id, wait_s })).texts.join('\n'), /Mind the gap\./);

      const other = await connectAgent(era, test.agentAddress(), 'other-agent');
      await other.call('askHuman', { question: 'Whose is it?', taskId: task.id, wait_s: 0 });
      const { tasks, agents } = await board();
      const owner = agents.find(({ id }) => id === tasks[0]?.agentId);
      assert.equal(owner?.name, 'test-agent', 'asking takes the task from nobody');
      await other.close();
    });

    it('gets a reply to the task as the answer to its only open question', async () => {
      const taskId = await agent.createTask('T', 'b');
      const asking = agent.call('askHuman', { question: 'Which?', choices: ['Red', 'Blue'], taskId, wait_s });
      await openRequest(test);
      await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text: 'blue' });
      const { structured, texts } = await asking;
      assert.deepEqual((structured['answer'] as { choices: string[] }).choices, ['Blue']);
      assert.equal(texts.length, 1, 'the reply is not handed over a second time');
    });

    it('gets a reply as the answer to the question that the user means, and to none if they mean none', async () => {
      const taskId = await agent.createTask('T', 'b');
      const ask = async (question: string, choices?: string[], multiple = false): Promise<string> =>
        String(
          (await agent.call('askHuman', { question, taskId, wait_s: 0, ...(choices && { choices, multiple }) })).structured['requestId'],
        );
      const first = await ask('First?');
      const reply = (text: string, answers: { requestId: string; choices?: string[] } | null) =>
        test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text, answers });
      const statuses = async () =>
        (await test.api.call('getTask', { workspaceId: test.workspaceId, taskId })).requests.map(({ status }) => status);
      await reply('Only a word.', null);
      assert.deepEqual(await statuses(), ['open'], 'a message is no answer, though one question is open');
      const second = await ask('Second?', ['Red', 'Blue'], true);
      const { message } = await reply('and green', { requestId: second, choices: ['Red'] });
      assert.equal(message.requestId, second);
      assert.deepEqual(await statuses(), ['open', 'answered']);
      assert.match(
        (await agent.call('askHuman', { question: 'Second?', taskId, choices: ['Red', 'Blue'], multiple: true })).text,
        /Red — and green/,
      );
      await assert.rejects(reply('Too late.', { requestId: second }), /answered already/);
      const other = await agent.createTask('Other', 'b');
      await assert.rejects(
        test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId: other, text: 'x', answers: { requestId: first } }),
        /no such question/,
      );
      assert.equal(
        (await test.api.call('getTask', { workspaceId: test.workspaceId, taskId: other })).messages.length,
        0,
        'nothing is written',
      );
    });

    it('keeps its question when its call is cancelled', async () => {
      const gone = new AbortController();
      const asking = agent.call('askHuman', { question: 'Still there?', wait_s }, { signal: gone.signal });
      const request = await openRequest(test);
      gone.abort();
      await assert.rejects(asking);
      await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId: request.id, text: 'yes' });
      const later = await agent.call('askHuman', { question: 'Still there?', wait_s: 0 });
      assert.match(later.text, /^The user answered: yes\n/);
    });

    it('is told in words what is wrong with a call', async () => {
      const cases: [string, Record<string, unknown>, RegExp][] = [
        ['createTask', { title: ' ', body: 'x' }, /^title is required$/],
        ['createTask', { title: 'x', body: '' }, /^body is required$/],
        ['createTask', { title: 'x'.repeat(256), body: 'y' }, /longer than 255/],
        ['updateTaskStatus', { taskId: '0'.repeat(11), status: 'ongoing' }, /There is no task/],
        ['reply', { chatId: '0'.repeat(11), text: 'x' }, /There is no task/],
        ['reply', { chatId: 'x', text: '' }, /chat_id and text are required/],
        ['waitForReply', { requestId: '0'.repeat(11) }, /There is no request/],
        ['askHuman', { question: ' ' }, /question is required/],
        ['createTask', { title: { text: 'x' }, body: 'y' }, /^title has to be a text\.$/],
        ['createTask', { body: 'y' }, /^title is required$/],
        ['waitForReply', { wait_s: 'soon' }, /^wait_s has to be a number from 0 on\.$/],
      ];
      for (const [tool, args, expected] of cases) {
        const { isError, text } = await agent.call(tool, args);
        assert.equal(isError, true, `${tool} ${JSON.stringify(args)}`);
        assert.match(text, expected);
      }
      const taskId = await agent.createTask('T', 'b');
      for (const status of ['done', 'cron']) {
        assert.match((await agent.call('updateTaskStatus', { taskId, status })).text, /is not a status/);
      }
    });

    it('shares the workspace with another agent, each with its own answers', async () => {
      const other = await connectAgent(era, test.agentAddress(), 'other-agent');
      const [mine, theirs] = [
        agent.call('askHuman', { question: 'Mine?', wait_s }),
        other.call('askHuman', { question: 'Theirs?', wait_s }),
      ];
      await openRequest(test, 'Mine?');
      const { id } = await openRequest(test, 'Theirs?');
      await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId: id, text: 'two' });
      assert.match((await theirs).text, /^The user answered: two\n/);
      const mineId = (await openRequest(test, 'Mine?')).id;
      await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId: mineId, text: 'one' });
      assert.match((await mine).text, /^The user answered: one\n/);
      const agents = (await board()).agents;
      assert.deepEqual(agents.map(({ name }) => name).toSorted(), ['other-agent', 'test-agent']);
      await other.close();
    });
  });
}

/** The open request with this question, as soon as it is there. */
async function openRequest(test: TestHub, question?: string): Promise<Request> {
  let found: Request | undefined;
  await waitFor(`an open request ${question ?? ''}`, async () => {
    const { requests } = await test.api.call('getBoard', {});
    found = requests.find((request) => request.status === 'open' && (question === undefined || request.question === question));
    return found !== undefined;
  });
  return found ?? assert.fail();
}
