import assert from 'node:assert/strict';
import { createFakeClock, type FakeClock } from '../../support/fakeClock.ts';
import { type GatewayAsk, type GatewayClient, gatewayKinds, type HeardVerdict } from '../../support/gatewayClient.ts';
import { bash, type GatewayRig, startGatewayRig } from '../../support/gatewayRig.ts';
import { waitFor } from '../../support/waitFor.ts';

// AgentRQ's gateways with the client of the 1.x SDK, set up and used as each of them does it.

/** The hub holds a verdict back for as long, so that the gateway listens by then. */
const settleMs = 100;

for (const kind of gatewayKinds) {
  describe(`${kind} with its own client`, () => {
    let rig: GatewayRig;
    let clock: FakeClock;

    beforeEach(async () => {
      clock = createFakeClock();
      rig = await startGatewayRig({ clock });
    });

    afterEach(() => rig.dispose());

    /** Asks for permission. Once the gateway listens and the hub has the request, the time passes for which its verdict is held back. */
    async function ask(gateway: GatewayClient, params: GatewayAsk): Promise<{ verdict: Promise<HeardVerdict> }> {
      const before = new Set((await rig.requests()).map(({ id }) => id));
      const asked = await gateway.ask(params);
      await waitFor('the request on the board', async () => (await rig.requests()).some(({ id }) => !before.has(id)));
      clock.advance(settleMs);
      return asked;
    }

    it('works off the queue, until it is empty, and is told of the next task', async () => {
      const gateway = await rig.connect(kind);
      assert.equal(await gateway.nextTask(), undefined);
      const first = await rig.task('One');
      await waitFor('the push', () => gateway.pushes.length === 1);
      assert.equal(gateway.pushes[0]?.content, `[Task ${first.id}] One\nb`);
      assert.equal(gateway.pushes[0]?.meta['chat_id'], first.id);
      await gateway.call('updateTaskStatus', { taskId: first.id, status: 'ongoing' });
      const second = await rig.task('Two');
      await gateway.call('updateTaskStatus', { taskId: first.id, status: 'completed' });
      await gateway.call('reply', { chatId: first.id, text: 'Done.' });
      const text = (await gateway.nextTask()) ?? assert.fail('there is a task');
      // The ACP gateway's own patterns find the word “ID” here, and it gets on with that.
      assert.equal(gateway.taskIdIn(text), kind === 'acp-gateway' ? 'ID' : second.id);
      await gateway.call('updateTaskStatus', { taskId: second.id, status: 'completed' });
      assert.equal(await gateway.nextTask(), undefined);
      assert.equal(gateway.pushes.length, 1, 'what it fetched was not pushed as well');
      const key = (push: { content: string; meta: Record<string, unknown> }) => `${String(push.meta['chat_id'])} ${push.content}`;
      await rig.write(second.id, 'again');
      await rig.write(second.id, 'again!');
      await waitFor('both', () => gateway.pushes.length === 3);
      assert.equal(new Set(gateway.pushes.map(key)).size, 3, 'none is taken for a repetition');
    });

    it('hears each verdict, also one that a rule gives at once', async () => {
      const gateway = await rig.connect(kind);
      // Codex' gateway puts Codex' reason there, and what has a reason is asked every time.
      const withoutReason = { description: '' };
      const asked = await ask(gateway, { ...bash('abcde', 'ls -la'), ...withoutReason });
      await rig.openRequest();
      await rig.decide('abcde', 'allow_always');
      assert.deepEqual(await asked.verdict, { request_id: 'abcde', behavior: 'allow' });
      const again = await ask(gateway, { ...bash('abcdf', 'ls -la'), ...withoutReason });
      assert.deepEqual(await again.verdict, { request_id: 'abcdf', behavior: 'allow' });
      const other = { request_id: 'codex-approval-1-17', tool_name: 'rm x', description: 'rm x', input_preview: 'rm x' };
      const denied = await ask(gateway, other);
      await rig.openRequest();
      await rig.decide('codex-approval-1-17', 'deny');
      assert.deepEqual(await denied.verdict, { request_id: 'codex-approval-1-17', behavior: 'deny' });
      assert.deepEqual(gateway.unheardVerdicts, []);
    });

    it('goes on in its session when the hub restarts, and has what came meanwhile', async () => {
      const gateway = await rig.connect(kind);
      const { sessionId } = gateway;
      const task = await rig.task('One');
      await waitFor('the push', () => gateway.pushes.length === 1);
      await gateway.call('updateTaskStatus', { taskId: task.id, status: 'ongoing' });
      const asked = await ask(gateway, bash('abcde', 'ls -la'));
      await rig.openRequest();
      await rig.restart();
      await rig.decide('abcde', 'allow');
      await rig.write(task.id, 'still there?');
      assert.deepEqual(await asked.verdict, { request_id: 'abcde', behavior: 'allow' });
      await waitFor('the message', () => gateway.pushes.length === 2);
      assert.equal(gateway.pushes[1]?.content, `[Reply to task ${task.id}] still there?`);
      assert.equal(gateway.sessionId, sessionId);
      assert.equal(await gateway.call('reply', { chatId: task.id, text: 'Yes.' }), 'reply sent');
      assert.equal(gateway.pushes.length, 2);
    });
  });
}
