import assert from 'node:assert/strict';
import { HubError } from '../../src/protocol/hubErrors.ts';
import type { Request, Task } from '../../src/protocol/model.ts';
import { heard, pushesOn, startGatewayRig } from '../support/gatewayRig.ts';
import { taskIdOf } from '../support/taskIdOf.ts';
import { connectAgent, eras, type TestAgent, type ToolResult } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

// An agent makes a task for the user, which is AgentRQ's way to ask for an approval, and waits for it.

const inbox = ({ texts }: ToolResult): string => texts[1] ?? '';
const told = (line: string): string => `Answers from the user (1):\n${line}`;

for (const era of eras) {
  describe(`a task for the user, of an agent of the ${era} era,`, () => {
    let test: TestHub;
    let agent: TestAgent;
    let id: string;

    beforeEach(async () => {
      test = await startTestHub();
      agent = await connectAgent(era, test.agentAddress());
      id = taskIdOf((await agent.call('createTask', { title: 'Make a token', body: 'At the registry.', assignee: 'human' })).text);
    });

    afterEach(async () => {
      await agent.close();
      await test.dispose();
    });

    const requests = async (): Promise<Request[]> => (await test.api.call('getBoard', {})).requests;
    const need = async (): Promise<Request> => (await requests())[0] ?? assert.fail('nothing needs the user');
    const status = async (): Promise<Task['status']> =>
      (await test.api.call('getTask', { workspaceId: test.workspaceId, taskId: id })).task.status;
    const move = async (value: Task['status']): Promise<void> => {
      await test.api.call('changeTaskStatus', { workspaceId: test.workspaceId, taskId: id, value });
    };
    /** As AgentRQ's scripts send it. */
    async function respond(response: Record<string, unknown>): Promise<{ status: number; body: { task: Task } }> {
      const { hub, workspaceId } = test;
      const answer = await fetch(`${hub.url}/api/v1/workspaces/${workspaceId}/tasks/${id}/respond`, {
        method: 'POST',
        headers: { authorization: `Bearer ${hub.userToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ response }),
      });
      return { status: answer.status, body: (await answer.json()) as { task: Task } };
    }

    it('needs the user like a question does, and ends with their answer', async () => {
      const { kind, question, taskId, status: open } = await need();
      assert.deepEqual([kind, question, taskId, open], ['task', 'Make a token', id, 'open']);
      const waiting = agent.call('waitForReply', { taskId: id, wait_s: 600 });
      await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId: (await need()).id, decision: 'done' });
      const result = await waiting;
      assert.equal(result.text, `[Response to task ${id}] action=allow: done`);
      assert.equal((result.structured['answers'] as { text: string }[])[0]?.text, result.text);
      assert.equal(await status(), 'completed');
      assert.equal(inbox(await agent.call('getWorkspace')), '', 'once');
      assert.equal((await need()).status, 'delivered');
    });

    for (const [action, moved, words] of [
      ['allow', 'ongoing', 'Human approved this task.'],
      ['allow_all', 'ongoing', 'Human approved this task.'],
      ['reject', 'rejected', 'Human rejected this task.'],
    ] as const) {
      it(`is responded to with ${action} as AgentRQ has it, and moves to ${moved}`, async () => {
        const { status: code, body } = await respond({ action });
        assert.deepEqual([code, body.task.id, body.task.status], [200, id, moved]);
        const { messages } = await test.api.call('getTask', { workspaceId: test.workspaceId, taskId: id });
        assert.deepEqual(
          messages.map(({ sender, text }) => [sender, text]),
          [['human', words]],
        );
        assert.equal(inbox(await agent.call('getWorkspace')), told(`[Response to task ${id}] action=${action}`));
        assert.equal(inbox(await agent.call('getWorkspace')), '');
        const after = await test.api.call('getTask', { workspaceId: test.workspaceId, taskId: id });
        assert.equal(after.messages[0]?.delivery, 'delivered');
      });
    }

    it('takes words with a response, and words alone leave it where it is', async () => {
      await respond({ action: 'text', text: 'Which registry?' });
      assert.equal(
        inbox(await agent.call('getWorkspace')),
        `Unread messages from the user (1):\n[Response to task ${id}] action=text: Which registry?`,
      );
      assert.deepEqual([await status(), (await need()).status], ['notstarted', 'open']);
      await respond({ action: 'reject', text: 'Not today' });
      assert.equal(inbox(await agent.call('getWorkspace')), told(`[Response to task ${id}] action=reject: Not today`));
    });

    it('is answered by moving its card as well', async () => {
      await move('completed');
      assert.equal(inbox(await agent.call('getWorkspace')), told(`[Response to task ${id}] action=allow: done`));
      const { answer } = await need();
      assert.equal(answer?.decision, 'done');
    });

    it('needs the user again when they take that back, and the agent has not heard of it', async () => {
      const before = await need();
      await move('rejected');
      await move('notstarted');
      assert.deepEqual(await need(), { ...before, updatedAt: (await need()).updatedAt });
      assert.equal(inbox(await agent.call('getWorkspace')), '');
    });

    it('needs the user again when they take that back, and the agent hears of that too', async () => {
      await move('completed');
      await agent.call('getWorkspace');
      await move('notstarted');
      assert.equal(
        inbox(await agent.call('getWorkspace')),
        `Unread messages from the user (1):\n[Response to task ${id}] action=text: The user has put this task back among what is to be done.`,
      );
      assert.deepEqual(
        (await requests()).filter(({ status: one }) => one === 'open').map(({ kind }) => kind),
        ['task'],
      );
    });

    it('needs nobody while it is archived, or once it was begun, handed on, or done by the agent', async () => {
      const open = async (): Promise<number> => (await requests()).filter(({ status: one }) => one === 'open').length;
      const update = (change: Record<string, unknown>) =>
        test.api.call('updateTask', { workspaceId: test.workspaceId, taskId: id, ...change });
      await update({ archived: true });
      assert.equal(await open(), 0);
      await update({ archived: false });
      assert.equal(await open(), 1);
      await update({ assignee: 'agent' });
      assert.equal(await open(), 0);
      await update({ assignee: 'human', title: 'Make two tokens' });
      assert.equal((await requests()).find(({ status: one }) => one === 'open')?.question, 'Make two tokens');
      await move('ongoing');
      assert.equal(await open(), 0);
      await move('notstarted');
      assert.equal(await open(), 1);
      await agent.call('updateTaskStatus', { taskId: id, status: 'completed' });
      assert.equal(await open(), 0);
    });

    it('is news to its agent when the user finishes it later', async () => {
      await respond({ action: 'allow' });
      await agent.call('getWorkspace');
      await move('completed');
      assert.equal(
        inbox(await agent.call('getWorkspace')),
        `Unread messages from the user (1):\n[Response to task ${id}] action=allow: done`,
      );
    });

    it('is answered once: another answer is refused, and what is no action is as well', async () => {
      await respond({ action: 'allow' });
      const { id: requestId } = await need();
      await assert.rejects(
        test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId, decision: 'reject' }),
        (error) => error instanceof HubError && error.code === 'already_answered',
      );
      assert.equal((await respond({ action: 'cancel' })).status, 422);
      assert.equal((await respond({ action: 'text', text: ' ' })).status, 422);
    });

    it('is not asked of a user who makes it themselves', async () => {
      await test.api.call('createTask', { workspaceId: test.workspaceId, title: 'Mine', assignee: 'human' });
      assert.equal((await requests()).length, 1);
    });

    it('says what can not be yet: schedules, events, and a status by which nobody schedules', async () => {
      const task = { title: 'Later', body: 'b' };
      const refused = await agent.call('createTask', { ...task, cronSchedule: '0 9 * * 5' });
      assert.ok(refused.isError);
      assert.match(refused.text, /no schedules yet.*create the task when it is due/);
      assert.match((await agent.call('createTask', { ...task, eventId: 'built' })).text, /no events yet.*create the next task/);
      const notSupported = (error: unknown): boolean => error instanceof HubError && error.code === 'not_supported';
      const { workspaceId } = test;
      await assert.rejects(test.api.call('createTask', { ...task, workspaceId, cronSchedule: '0 9 * * 5' }), notSupported);
      await assert.rejects(move('cron'), notSupported);
      assert.equal((await test.api.call('getBoard', {})).tasks.length, 1, 'none was made');
    });
  });
}

describe('a task for the user, of a gateway,', () => {
  it('is answered by a push, once, also after the hub has started anew', async () => {
    const rig = await startGatewayRig();
    const { agent, stream } = await rig.listen();
    const [made] = await (await agent.call(1, 'createTask', { title: 'Approve it', body: 'b', assignee: 'human' })).whole();
    const id = /id=([0-9A-Za-z]{11})/.exec(JSON.stringify(made))?.[1] ?? assert.fail();
    stream.cut();
    await waitFor('it to be cut', () => stream.ended());
    await rig.move(id, 'completed');
    await rig.restart();
    const again = await agent.listen();
    await heard(again, `[Response to task ${id}] action=allow: done`);
    await rig.write(id, 'thanks');
    await heard(again, `[Reply to task ${id}] thanks`);
    assert.equal(pushesOn(again).length, 2);
    await rig.dispose();
  });
});
