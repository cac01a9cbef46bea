import assert from 'node:assert/strict';
import type { AnswerDraft, Request } from '../../src/protocol/model.ts';
import { connectTaskAgent, type TaskAgent } from '../support/taskAgent.ts';
import { connectAgent } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

const question = { question: 'Which colour?', choices: ['Red', 'Blue'] };

describe('a call that waits, of an agent that follows tasks', () => {
  let test: TestHub;
  let agent: TaskAgent;

  beforeEach(async () => {
    test = await startTestHub();
    agent = await connectTaskAgent(test.agentAddress());
  });

  afterEach(async () => {
    await agent.close();
    await test.dispose();
  });

  async function requests(): Promise<Request[]> {
    return (await test.api.call('getBoard', {})).requests;
  }
  async function theRequest(): Promise<Request> {
    const all = await requests();
    assert.equal(all.length, 1, 'one question is one request');
    return all[0] ?? assert.fail();
  }
  async function answer(draft: AnswerDraft): Promise<void> {
    const { id: requestId, workspaceId } = await theRequest();
    await test.api.call('answerRequest', { workspaceId, requestId, ...draft });
  }

  it('goes on as one at once, and ends with who answered, when, and in which words', async () => {
    assert.deepEqual(agent.client.getServerCapabilities()?.extensions, { 'io.modelcontextprotocol/tasks': {} });
    const begun = await agent.begin('askHuman', question);
    const { id } = await theRequest();
    assert.equal(begun.taskId, `ask-${id}`);
    assert.deepEqual([begun.status, begun.ttlMs, begun.pollIntervalMs], ['working', null, 1000]);
    assert.equal(begun.statusMessage, 'Waiting for the user: Which colour?');
    assert.equal((await agent.get(begun.taskId)).status, 'working');
    await answer({ choices: ['Blue'], note: 'the dark one' });

    const { status, result } = await agent.end(begun.taskId);
    assert.equal(status, 'completed');
    const { answer: given } = await theRequest();
    const text = result?.content[0]?.text ?? '';
    assert.match(text, /^The user answered: Blue \(note: the dark one\)\nRequest: /);
    const said = `The user you work for gave this answer in AgentRQ at ${given?.at}: “Blue (note: the dark one)”.`;
    assert.ok(text.includes(said), text);
    const { note, ...data } = result?.structuredContent ?? {};
    assert.deepEqual(data, {
      status: 'answered',
      answeredBy: 'the user you work for, in AgentRQ',
      answeredAt: given?.at,
      words: 'Blue (note: the dark one)',
      requestId: id,
      question: 'Which colour?',
      answer: { choices: ['Blue'], note: 'the dark one', at: given?.at },
    });
    assert.ok(String(note).startsWith(said), String(note));
    assert.deepEqual((await agent.get(begun.taskId)).result, result, 'whoever asks again is told the same');
  });

  it('is told how to have an approval as a plain result, and has it once, of the same request', async () => {
    const review = { summary: 'Payments retry.' };
    const { taskId } = await agent.begin('requestReview', review);
    await answer({ decision: 'approve' });
    const { result } = await agent.end(taskId);
    const { id } = await theRequest();
    assert.match(
      String(result?.structuredContent['note']),
      new RegExp(
        `“approved”\\. Where a plain tool result is needed, an approval say, call requestReview again with the same arguments, or waitForReply with requestId "${id}"`,
      ),
    );
    // What comes between proves that the end of the task has arrived, as a hook does when the client wakes its model.
    await agent.plain('getWorkspace');
    assert.equal((await theRequest()).status, 'delivered');
    const plain = await agent.plain('requestReview', review);
    assert.match(plain.text, new RegExp(`^The user has approved this\\.\\nRequest: ${id}\\n`));
    assert.equal((await agent.plain('waitForReply', { requestId: id })).text, plain.text);
    assert.deepEqual((await requests()).length, 0, 'it is acted on, and there is no second card');
    await agent.begin('requestReview', review);
    assert.notEqual((await theRequest()).id, id, 'one verdict frees one card');
  });

  it('is delivered once a later call has proven it, and given out by nothing else meanwhile', async () => {
    const { taskId } = await agent.begin('askHuman', question);
    await answer({ choices: ['Red'] });
    assert.deepEqual((await agent.plain('getWorkspace')).texts.length, 1, 'its client polls for it');
    assert.equal((await theRequest()).status, 'answered');
    await agent.end(taskId);
    await agent.end(taskId);
    await waitFor('the hub to know that it was written', async () => (await theRequest()).handedOver === true);
    assert.equal((await theRequest()).status, 'answered', 'polls of one session say nothing of another');
    assert.equal((await agent.plain('getWorkspace')).texts.length, 1);
    assert.equal((await theRequest()).status, 'delivered');
    assert.equal((await agent.end(taskId)).status, 'completed');
    await agent.plain('createTask', { title: 'Paint it', body: 'b' });
    assert.deepEqual(await requests(), []);
    assert.equal((await agent.end(taskId)).status, 'completed', 'the task lives as long as the request');
  });

  it('is withdrawn by a cancellation, and twice is once', async () => {
    const { taskId } = await agent.begin('askHuman', question);
    await Promise.all([agent.cancel(taskId), agent.cancel(taskId)]);
    assert.deepEqual(await requests(), []);
    assert.equal((await agent.get(taskId)).status, 'cancelled');
    await agent.cancel(taskId);
    await agent.begin('askHuman', question);
    assert.notEqual(`ask-${(await theRequest()).id}`, taskId);
  });

  it('keeps an answer that was there before the cancellation', async () => {
    const { taskId } = await agent.begin('askHuman', question);
    await answer({ choices: ['Red'] });
    await agent.cancel(taskId);
    assert.equal((await agent.get(taskId)).status, 'completed');
  });

  it('ends when the user takes the question off the board', async () => {
    const { taskId } = await agent.begin('askHuman', question);
    const { id: requestId, workspaceId } = await theRequest();
    await test.api.call('dismissRequest', { workspaceId, requestId });
    const { status, result } = await agent.end(taskId);
    assert.equal(status, 'completed');
    assert.match(result?.content[0]?.text ?? '', /^The user gave no answer: the request is withdrawn\./);
  });

  it('is an answer at once where there is one, or where the call is not to wait', async () => {
    assert.equal((await agent.plain('askHuman', { ...question, wait_s: 0 })).structured['status'], 'pending');
    await answer({ choices: ['Red'] });
    assert.match((await agent.plain('askHuman', question)).text, /^The user answered: Red/);
  });

  it('is unknown to everybody else', async () => {
    const { taskId } = await agent.begin('askHuman', question);
    const wait = await agent.begin('waitForReply');
    const otherWorkspace = test.hub.openWorkspace('other').id;
    const other = await connectTaskAgent(test.agentAddress(), 'another-agent');
    const elsewhere = await connectTaskAgent(test.agentAddress(otherWorkspace));
    const unknown = { code: -32_602 };
    for (const stranger of [other, elsewhere]) {
      for (const id of [taskId, wait.taskId]) {
        await assert.rejects(stranger.get(id), unknown);
        await assert.rejects(stranger.cancel(id), unknown);
      }
      await stranger.close();
    }
    await assert.rejects(agent.get('ask-00000000000'), unknown);
    assert.equal((await theRequest()).status, 'open');
    assert.equal((await agent.get(wait.taskId)).status, 'working');
  });

  it('is a call as before for a client that does not say so, of the same name', async () => {
    const plain = await connectAgent('modern', test.agentAddress());
    assert.equal((await plain.call('askHuman', { ...question, wait_s: 1 })).structured['status'], 'pending');
    await plain.close();
  });

  it('shows the user an agent that is there and waits for as long as it polls', async () => {
    const { taskId } = await agent.begin('askHuman', question);
    await agent.get(taskId);
    const { id } = await theRequest();
    const [waiting] = (await test.api.call('getBoard', {})).agents;
    assert.deepEqual([waiting?.connected, waiting?.waitingFor], [true, [id]]);
    await answer({ choices: ['Red'] });
    await agent.end(taskId);
    const [done] = (await test.api.call('getBoard', {})).agents;
    assert.equal(done?.waitingFor, undefined);
  });

  describe('for words', () => {
    it('ends with the first that come, once, and the next wait with the next', async () => {
      const taskId = /id=(\w+)/.exec((await agent.plain('createTask', { title: 'T', body: 'b' })).text)?.[1] ?? assert.fail();
      const wait = await agent.begin('waitForReply');
      assert.match(wait.taskId, /^wait-/);
      const inTask = await agent.begin('waitForReply', { taskId });
      assert.notEqual(inTask.taskId, wait.taskId);
      const { workspaceId } = test;
      await test.api.call('replyToTask', { workspaceId, taskId, text: 'Use tabs.' });
      const { status, result } = await agent.end(wait.taskId);
      assert.equal(status, 'completed');
      assert.match(result?.content[0]?.text ?? '', /Unread messages from the user \(1\):\n\[Reply to task \w+\] Use tabs\./);
      const [message] = (result?.structuredContent['messages'] ?? []) as { text: string }[];
      assert.deepEqual([message?.text, result?.structuredContent['writtenBy']], ['Use tabs.', 'the user you work for, in AgentRQ']);
      assert.equal((await agent.get(inTask.taskId)).status, 'working', 'nothing comes twice');
      assert.deepEqual((await agent.get(wait.taskId)).result, result);
      assert.equal((await agent.plain('getWorkspace')).texts.length, 1);
      assert.deepEqual((await agent.get(wait.taskId)).result, result);

      await test.api.call('replyToTask', { workspaceId, taskId, text: 'And no semicolons.' });
      assert.match((await agent.end(inTask.taskId)).result?.content[0]?.text ?? '', /no semicolons/);
      const { messages } = await test.api.call('getTask', { workspaceId, taskId });
      assert.deepEqual(
        messages.filter(({ sender }) => sender === 'human').map(({ delivery }) => delivery),
        ['delivered', 'offered'],
      );
    });

    it('ends with the answer to the question that it is about, and its cancellation leaves the question alone', async () => {
      const { structured } = await agent.plain('askHuman', { ...question, wait_s: 0 });
      const requestId = String(structured['requestId']);
      const first = await agent.begin('waitForReply', { requestId });
      await agent.cancel(first.taskId);
      await agent.cancel(first.taskId);
      assert.equal((await agent.get(first.taskId)).status, 'cancelled');
      assert.equal((await theRequest()).status, 'open');
      const second = await agent.begin('waitForReply', { requestId });
      await answer({ choices: ['Red'] });
      assert.equal((await agent.end(second.taskId)).result?.structuredContent['words'], 'Red');
      assert.equal((await agent.get(first.taskId)).status, 'cancelled');
    });
  });
});
