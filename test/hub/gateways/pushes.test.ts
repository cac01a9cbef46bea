import assert from 'node:assert/strict';
import { type GatewayRig, heard, pushesOn, startGatewayRig } from '../../support/gatewayRig.ts';
import { waitFor } from '../../support/waitFor.ts';

// What AgentRQ's gateways expect of a hub, point by point: what is pushed to them.

describe("To AgentRQ's gateways, a push", () => {
  let rig: GatewayRig;

  beforeEach(async () => {
    rig = await startGatewayRig();
  });

  afterEach(() => rig.dispose());

  it('has a text and the id of the task, and says everything in strings', async () => {
    const { stream } = await rig.listen();
    const task = await rig.task('One', '');
    await heard(stream, `[Task ${task.id}] One`);
    const messageId = await rig.write(task.id, '  hi  ');
    const { params } = await heard(stream, `[Reply to task ${task.id}]   hi  `);
    const pushed = stream.messages().map((message) => message.params as { content: string; meta: Record<string, unknown> });
    assert.deepEqual(
      pushed.map(({ meta: { chat_id, message_id, user } }) => [chat_id, message_id, user]),
      [
        [task.id, task.id, 'human'],
        [task.id, messageId, 'human'],
      ],
    );
    for (const { content, meta } of pushed) {
      assert.match(content, /\S/);
      for (const [key, value] of Object.entries(meta)) {
        assert.equal(typeof value, 'string');
        assert.match(key, /^[a-z_]+$/, 'Claude Code drops other keys');
      }
      assert.match(String(meta['ts']), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    }
    assert.deepEqual(Object.keys(params ?? {}).toSorted(), ['content', 'meta']);
  });

  it('begins in the way that they know', async () => {
    const { stream } = await rig.listen();
    const task = await rig.task('Make it work', 'first line\nsecond line');
    await heard(stream, `[Task ${task.id}] Make it work\nfirst line\nsecond line`);
    await rig.write(task.id, 'and quickly');
    await heard(stream, `[Reply to task ${task.id}] and quickly`);
  });

  it('goes to sessions with a stream; of one name to the newest, and a new task to one alone', async () => {
    const first = await rig.listen('acp-gateway');
    const second = await rig.listen('acp-gateway');
    const codex = await rig.listen('codex-gateway');
    const inner = await rig.listen('codex-mcp-client');
    const task = await rig.task('One');
    await heard(codex.stream, `[Task ${task.id}] One\nb`);
    await rig.write(task.id, 'hi');
    await heard(codex.stream, `[Reply to task ${task.id}] hi`);
    await heard(second.stream, `[Reply to task ${task.id}] hi`);
    assert.deepEqual(
      [pushesOn(first.stream), pushesOn(second.stream), pushesOn(inner.stream)],
      [[], [`[Reply to task ${task.id}] hi`], []],
    );
    // The session that works on the task comes before a newer one.
    await (await first.agent.call(1, 'updateTaskStatus', { taskId: task.id, status: 'ongoing' })).whole();
    await rig.write(task.id, 'more');
    await heard(first.stream, `[Reply to task ${task.id}] more`);
    await heard(codex.stream, `[Reply to task ${task.id}] more`);
    assert.equal(pushesOn(second.stream).length, 1);
  });

  it('is not repeated, whatever happens to the stream', async () => {
    const { agent, stream } = await rig.listen();
    const task = await rig.task('One');
    await heard(stream, `[Task ${task.id}] One\nb`);
    await rig.write(task.id, 'once');
    await heard(stream, `[Reply to task ${task.id}] once`);
    stream.cut();
    await waitFor('it to be cut', () => stream.ended());
    // It names no event that it has seen, so nothing is known of what arrived.
    const again = await agent.listen();
    await rig.write(task.id, 'twice');
    await heard(again, `[Reply to task ${task.id}] twice`);
    assert.deepEqual(pushesOn(again), [`[Reply to task ${task.id}] twice`]);
  });
});
