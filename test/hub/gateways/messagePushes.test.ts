import assert from 'node:assert/strict';
import { createFakeClock, type FakeClock } from '../../support/fakeClock.ts';
import { type GatewayRig, heard, pushesOn, startGatewayRig } from '../../support/gatewayRig.ts';
import { openRawSession, type RawMcp } from '../../support/rawMcp.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('what the user writes', () => {
  let rig: GatewayRig;
  let clock: FakeClock;

  beforeEach(async () => {
    clock = createFakeClock();
    rig = await startGatewayRig({ clock });
  });

  afterEach(() => rig.dispose());

  const call = async (agent: RawMcp, tool: string, args: Record<string, unknown> = {}) =>
    JSON.stringify((await (await agent.call(tool, tool, args)).whole())[0]?.result);
  const take = (agent: RawMcp, taskId: string) => call(agent, 'updateTaskStatus', { taskId, status: 'ongoing' });
  const thread = async (taskId: string) => await rig.test.api.call('getTask', { workspaceId: rig.test.workspaceId, taskId });
  const delivery = async (taskId: string, id: string) => (await thread(taskId)).messages.find((message) => message.id === id)?.delivery;
  const reply = (taskId: string, text: string) => `[Reply to task ${taskId}] ${text}`;

  for (const proof of ['call', 'notification'] as const) {
    it(`is pushed to a gateway, and delivered once a later ${proof} of that session proves it`, async () => {
      const { agent, stream } = await rig.listen();
      const other = await rig.listen();
      const task = await rig.task('One');
      await take(agent, task.id);
      const id = await rig.write(task.id, 'hi');
      await heard(stream, reply(task.id, 'hi'));
      await waitFor('the offer', async () => (await delivery(task.id, id)) === 'offered');
      await call(other.agent, 'getWorkspace');
      assert.equal(await delivery(task.id, id), 'offered', 'another session proves nothing');
      if (proof === 'call') await call(agent, 'getWorkspace');
      else await (await agent.post({ jsonrpc: '2.0', method: 'notifications/claude/channel/telemetry' })).whole();
      await waitFor('the proof', async () => (await delivery(task.id, id)) === 'delivered');
      assert.deepEqual(pushesOn(stream), [reply(task.id, 'hi')]);
    });
  }

  it('in the task of another agent is said to the gateway, and delivered when that agent has it', async () => {
    const { agent, stream } = await rig.listen();
    const worker = await openRawSession(rig.test.agentAddress(), '2025-11-25', 'claude-code');
    const task = await rig.task('One');
    await take(worker, task.id);
    const id = await rig.write(task.id, 'hi');
    await heard(stream, reply(task.id, 'hi'));
    await call(agent, 'getWorkspace');
    await call(agent, 'getWorkspace');
    assert.equal(await delivery(task.id, id), 'queued', 'the gateway proves nothing for others');
    assert.match(await call(worker, 'getWorkspace'), /\] hi/);
    await call(worker, 'getWorkspace');
    assert.equal(await delivery(task.id, id), 'delivered');
  });

  it('is in no result of a gateway, which a program reads', async () => {
    const { agent, stream } = await rig.listen();
    const task = await rig.task('One');
    await take(agent, task.id);
    stream.cut();
    await waitFor('it to be cut', () => stream.ended());
    const id = await rig.write(task.id, 'hi');
    assert.doesNotMatch(await call(agent, 'getTask', { taskId: task.id }), /\] hi/);
    await call(agent, 'getWorkspace');
    assert.equal(await delivery(task.id, id), 'queued');
    await heard(await agent.listen(), reply(task.id, 'hi'));
  });

  it('while the hub or the stream was away is pushed when the session is back, once', async () => {
    const { agent, stream } = await rig.listen();
    const task = await rig.task('One');
    await heard(stream, `[Task ${task.id}] One\nb`);
    // The agent that the gateway runs has a name of its own.
    await take(await openRawSession(rig.test.agentAddress(), '2025-11-25', 'inner'), task.id);
    await rig.write(task.id, 'before');
    await heard(stream, reply(task.id, 'before'));
    stream.cut();
    await waitFor('it to be cut', () => stream.ended());
    await rig.write(task.id, 'meanwhile');
    clock.advance(1);
    await rig.restart();
    await rig.write(task.id, 'after');
    const again = await agent.listen();
    await heard(again, reply(task.id, 'after'));
    assert.deepEqual(pushesOn(again), [reply(task.id, 'meanwhile'), reply(task.id, 'after')]);
  });

  it('before a gateway came is left to the agents that it was written to; its own it gets once it has started', async () => {
    const worker = await openRawSession(rig.test.agentAddress(), '2025-11-25', 'claude-code');
    const old = await openRawSession(rig.test.agentAddress(), '2025-11-25', 'acp-gateway');
    const [theirs, own] = [await rig.task('Theirs'), await rig.task('Own')];
    await take(worker, theirs.id);
    await take(old, own.id);
    await rig.write(theirs.id, 'to the worker');
    await rig.write(own.id, 'to the gateway');
    await (await old.send('DELETE')).whole();
    clock.advance(1);
    const { stream } = await rig.listen();
    assert.deepEqual(pushesOn(stream), []);
    clock.advance(120_000);
    await heard(stream, reply(own.id, 'to the gateway'));
    await rig.write(theirs.id, 'a mark');
    await heard(stream, reply(theirs.id, 'a mark'));
    assert.equal(pushesOn(stream).length, 2);
  });

  it('is pushed to Claude Code in its own tasks alone, and comes with its next result as well', async () => {
    const { agent, stream } = await rig.listen('claude-code');
    const [own, other] = [await rig.task('Own'), await rig.task('Other')];
    await take(agent, own.id);
    await rig.write(other.id, 'not yours');
    const id = await rig.write(own.id, 'yours');
    await heard(stream, reply(own.id, 'yours'));
    assert.equal(await delivery(own.id, id), 'queued', 'nobody knows whether it was shown');
    assert.match(await call(agent, 'getWorkspace'), /\] yours/);
    await call(agent, 'getWorkspace');
    assert.equal(await delivery(own.id, id), 'delivered');
    assert.deepEqual(pushesOn(stream), [reply(own.id, 'yours')]);
  });

  it('is pushed to the session of Claude Code that works on the task', async () => {
    const [first, second] = [await rig.listen('claude-code'), await rig.listen('claude-code')];
    const task = await rig.task('One');
    await take(first.agent, task.id);
    await rig.write(task.id, 'hi');
    await heard(first.stream, reply(task.id, 'hi'));
    await take(second.agent, task.id);
    await call(second.agent, 'reply', { chatId: task.id, text: 'Mine now.' });
    await rig.write(task.id, 'ho');
    await heard(second.stream, reply(task.id, 'ho'));
    assert.deepEqual([pushesOn(first.stream).length, pushesOn(second.stream).length], [1, 1]);
  });

  it('is not pushed to Claude Code a second time, whatever happens to hub and stream', async () => {
    const { agent, stream } = await rig.listen('claude-code');
    const task = await rig.task('One');
    await take(agent, task.id);
    await rig.write(task.id, 'once');
    await heard(stream, reply(task.id, 'once'));
    await rig.restart();
    const again = await agent.listen();
    await rig.write(task.id, 'a mark');
    await heard(again, reply(task.id, 'a mark'));
    assert.deepEqual(pushesOn(again), [reply(task.id, 'a mark')]);
    assert.match(await call(agent, 'getWorkspace'), /\] once/, 'its next result has it');
  });

  it('is not pushed where a call waits for it', async () => {
    const { agent, stream } = await rig.listen('claude-code');
    const task = await rig.task('One');
    await take(agent, task.id);
    const waiting = await agent.call('w', 'waitForReply', { taskId: task.id, wait_s: 30 });
    await rig.write(task.id, 'hi');
    assert.match(JSON.stringify(await waiting.whole()), /\] hi/);
    await rig.write(task.id, 'a mark');
    await heard(stream, reply(task.id, 'a mark'));
    assert.equal(pushesOn(stream).length, 1);
  });

  it('goes with the answer where it answers a question, and is not pushed', async () => {
    const { agent, stream } = await rig.listen();
    const task = await rig.task('One');
    await take(agent, task.id);
    await call(agent, 'askHuman', { question: 'Which?', taskId: task.id, wait_s: 0 });
    await rig.write(task.id, 'this one');
    await rig.write(task.id, 'a mark');
    await heard(stream, reply(task.id, 'a mark'));
    assert.deepEqual(pushesOn(stream), [`[Task ${task.id}] One\nb`, reply(task.id, 'a mark')]);
  });

  it('is pushed to no client that would not show it', async () => {
    const names = ['codex-mcp-client', 'gemini-cli-mcp-client', 'Visual Studio Code', 'cursor-vscode', 'Cline', 'opencode', 'somebody'];
    const task = await rig.task('One');
    const streams = [];
    for (const name of names) {
      const { agent, stream } = await rig.listen(name);
      streams.push(stream);
      await take(agent, task.id);
      await rig.write(task.id, `to ${name}`);
    }
    const gateway = await rig.listen();
    await rig.write(task.id, 'a mark');
    await heard(gateway.stream, reply(task.id, 'a mark'));
    for (const stream of streams) assert.deepEqual(stream.messages(), []);
  });
});
