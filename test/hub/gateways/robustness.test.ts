import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { askLeave, bash, type GatewayRig, heard, startGatewayRig, verdictsOn } from '../../support/gatewayRig.ts';
import { lastEventId } from '../../support/rawMcp.ts';
import { waitFor } from '../../support/waitFor.ts';

// What AgentRQ's own hub doesn't survive, sentence by sentence.

describe("where AgentRQ's hub loses something", () => {
  let rig: GatewayRig;

  beforeEach(async () => {
    rig = await startGatewayRig();
  });

  afterEach(() => rig.dispose());

  const verdict = (requestId: string) => (message: { method?: string; params?: Record<string, unknown> }) =>
    message.method === 'notifications/claude/channel/permission' && message.params?.['request_id'] === requestId;

  it('the hub restarts between a request and its verdict, which comes all the same', async () => {
    const { agent, stream } = await rig.listen();
    await askLeave(agent, bash('abcde', 'ls'));
    await rig.openRequest();
    await rig.restart();
    await waitFor('the stream to end', () => stream.ended());
    const again = await agent.listen();
    assert.equal((await rig.decide('abcde', 'allow')).status, 200);
    await again.waitForMessage('the verdict', verdict('abcde'));
  });

  it('the hub restarts after the verdict was given and before it was heard', async () => {
    const { agent, stream } = await rig.listen();
    await askLeave(agent, bash('abcde', 'ls'));
    await rig.openRequest();
    stream.cut();
    await waitFor('it to be cut', () => stream.ended());
    await rig.decide('abcde', 'deny');
    await rig.restart();
    const again = await agent.listen();
    await again.waitForMessage('the verdict', verdict('abcde'));
  });

  it('the stream is dropped half open and opened again in the same session: what was pushed meanwhile comes', async () => {
    const { agent, stream } = await rig.listen();
    const task = await rig.task('One');
    await heard(stream, `[Task ${task.id}] One\nb`);
    const seen = await lastEventId(stream);
    // The hub takes the stream for open, while the client has lost what comes over it from here on.
    await rig.write(task.id, 'lost on the way');
    await heard(stream, `[Reply to task ${task.id}] lost on the way`);
    await askLeave(agent, bash('abcde', 'ls'));
    await rig.openRequest();
    await rig.decide('abcde', 'allow');
    await stream.waitForMessage('the verdict', verdict('abcde'));
    const again = await agent.listen(seen);
    await heard(again, `[Reply to task ${task.id}] lost on the way`);
    await again.waitForMessage('the verdict', verdict('abcde'));
    assert.equal(stream.ended(), true, 'the new one took its place');
  });

  it('the verdict is given while no stream is open, and delivered when the client comes back', async () => {
    const { agent, stream } = await rig.listen();
    await askLeave(agent, bash('abcde', 'ls'));
    await rig.openRequest();
    const seen = await lastEventId(stream);
    for (const after of [seen, undefined]) {
      stream.cut();
      await waitFor('it to be cut', () => stream.ended());
      if (after === seen) await rig.decide('abcde', 'allow');
      const again = await agent.listen(after);
      await again.waitForMessage('the verdict', verdict('abcde'));
      again.cut();
    }
    assert.equal((await rig.requests())[0]?.status, 'answered', 'nothing has proven yet that it arrived');
    await (await agent.call(1, 'getTask')).whole();
    await waitFor('the proof', async () => (await rig.requests()).length === 0);
  });

  it('two sessions call getTask at once, and get different tasks', async () => {
    const sessions = [await rig.listen(), await rig.listen()];
    for (const { stream } of sessions) assert.equal(stream.status, 200);
    await rig.task('One');
    await rig.task('Two');
    const answers = await Promise.all(sessions.map(({ agent }) => agent.call(1, 'getTask')));
    const texts = await Promise.all(answers.map(async (answer) => JSON.stringify((await answer.whole())[0]?.result)));
    const titles = texts.map((text) => /Title: (\w+)/.exec(text)?.[1]);
    assert.deepEqual(new Set(titles), new Set(['One', 'Two']));
  });

  it('a reply works whose text quotes the method of a permission request', async () => {
    const { agent } = await rig.listen();
    const task = await rig.task('One');
    const text = 'I sent "notifications/claude/channel/permission_request".';
    const [answer] = await (await agent.call(1, 'reply', { chatId: task.id, text })).whole();
    assert.match(JSON.stringify(answer?.result), /reply sent/);
    const thread = await rig.test.api.call('getTask', { workspaceId: rig.test.workspaceId, taskId: task.id });
    assert.ok(thread.messages.some((message) => message.text === text));
  });

  it('a burst of events reaches a slow reader, all of them and in order', async () => {
    const { agent } = await rig.listen();
    const { url, userToken } = rig.test.hub;
    const reading = get(`${url}/api/v1/events/stream`, { headers: { authorization: `Bearer ${userToken}` } });
    const [window] = (await once(reading, 'response')) as [IncomingMessage];
    const task = await rig.task('One');
    // It reads nothing while everything happens: more than fits into its socket.
    const burst = Array.from({ length: 100 }, (_, index) => `${index} ${'x'.repeat(40_000)}`);
    for (const text of burst) await (await agent.call(text.slice(0, 3), 'reply', { chatId: task.id, text })).whole();
    let read = '';
    window.setEncoding('utf8').on('data', (chunk: string) => (read += chunk));
    await waitFor('all of them', () => read.split('"message.created"').length > burst.length + 1);
    const texts = [...read.matchAll(/"text":"(\d+) x+"/g)].map(([, number]) => Number(number));
    assert.deepEqual(
      texts,
      burst.map((_, index) => index),
    );
    reading.destroy();
  });

  it('notifications of unknown methods are taken with 202', async () => {
    const { agent, stream } = await rig.listen();
    for (const method of ['notifications/claude/channel/models', 'notifications/never/heard', 'x', '__proto__']) {
      const answer = await agent.post({ jsonrpc: '2.0', method, params: { any: ['thing'] } });
      await answer.whole();
      assert.deepEqual([answer.status, answer.text()], [202, '']);
    }
    assert.deepEqual(verdictsOn(stream), []);
  });
});
