import assert from 'node:assert/strict';
import type { Message, Task } from '../../src/protocol/model.ts';
import { heard, pushesOn, startGatewayRig } from '../support/gatewayRig.ts';
import { connectAgent, eras, type TestAgent, type ToolResult } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

// What the user does to a task is news to the agent that has it, in the words that AgentRQ's agents look for.

const inbox = ({ texts }: ToolResult): string => texts[1] ?? '';
const unread = (line: string): string => `Unread messages from the user (1):\n${line}`;

for (const era of eras) {
  describe(`the user moves a task of an agent of the ${era} era`, () => {
    let test: TestHub;
    let agent: TestAgent;
    let id: string;

    beforeEach(async () => {
      test = await startTestHub();
      agent = await connectAgent(era, test.agentAddress());
      id = await agent.createTask('Fix the build');
      await agent.call('updateTaskStatus', { taskId: id, status: 'ongoing' });
    });

    afterEach(async () => {
      await agent.close();
      await test.dispose();
    });

    const move = async (value: Task['status']): Promise<void> => {
      await test.api.call('changeTaskStatus', { workspaceId: test.workspaceId, taskId: id, value });
    };
    const update = async (change: Record<string, unknown>): Promise<void> => {
      await test.api.call('updateTask', { workspaceId: test.workspaceId, taskId: id, ...change });
    };
    const notes = async (): Promise<Message[]> => {
      const { messages } = await test.api.call('getTask', { workspaceId: test.workspaceId, taskId: id });
      return messages.filter(({ move: moved }) => moved !== undefined);
    };

    it('and the agent is told with its next result, once; the call after that is the receipt', async () => {
      await move('rejected');
      assert.deepEqual(
        (await notes()).map(({ delivery }) => delivery),
        ['queued'],
      );
      const news = `[Response to task ${id}] action=reject: The user has rejected this task. Stop working on it.`;
      assert.equal(inbox(await agent.call('getWorkspace')), unread(news));
      await waitFor('it to be handed over', async () => (await notes())[0]?.delivery === 'offered');
      assert.equal(inbox(await agent.call('getWorkspace')), '');
      assert.equal((await notes())[0]?.delivery, 'delivered');
    });

    it('and a call that waits for its task ends with it', async () => {
      const waiting = agent.call('waitForReply', { taskId: id, wait_s: 600 });
      await move('completed');
      const news = `[Response to task ${id}] action=text: The user has moved this task to completed. There is nothing left to do in it.`;
      const result = await waiting;
      assert.equal(inbox(result), unread(news));
      assert.equal((result.structured['inbox'] as { text: string }[])[0]?.text, news, 'Claude Code shows its model this part alone');
    });

    it('and it may be put back into the queue, archived, handed on or edited as well', async () => {
      const tell = async (change: () => Promise<void>): Promise<string> => {
        await change();
        return inbox(await agent.call('getWorkspace')).replace(unread(`[Response to task ${id}] action=text: `), '');
      };
      assert.deepEqual(
        [
          await tell(() => update({ title: 'Fix it', body: 'All of it' })),
          await tell(() => update({ archived: true })),
          await tell(() => update({ archived: false })),
          await tell(() => move('blocked')),
          await tell(() => update({ sortOrder: 1 })),
          await tell(() => move('notstarted')),
        ],
        [
          'The user has changed the words of this task. Read it again with getTask.',
          'The user has put this task away. Stop working on it.',
          'The user has taken this task out of the archive again.',
          'The user has moved this task to blocked. Stop working on it until they say more.',
          '',
          'The user has put this task back into the queue. Stop working on it; it is given out again.',
        ],
      );
      assert.equal(await tell(() => move('rejected')), '', 'it is not theirs any more');
    });

    it('and back again before the agent has heard of it: there is nothing to tell, nor anything left in the thread', async () => {
      await move('notstarted');
      await move('ongoing');
      await update({ archived: true });
      await update({ archived: false });
      assert.deepEqual(await notes(), []);
      assert.equal(inbox(await agent.call('getWorkspace')), '');
      await move('rejected');
      assert.match(inbox(await agent.call('getWorkspace')), /action=reject/, 'the task is still the one of this agent');
    });

    it('and back again after the agent has heard of it: it hears of both', async () => {
      await move('notstarted');
      assert.match(inbox(await agent.call('getWorkspace')), /back into the queue/);
      await move('ongoing');
      assert.match(inbox(await agent.call('getWorkspace')), /moved this task to ongoing\. Go on with it\./);
    });

    it('twice before the agent has heard of it: it hears of what came of it', async () => {
      await move('blocked');
      await move('completed');
      assert.match(inbox(await agent.call('getWorkspace')), /^Unread messages from the user \(1\):\n.*moved this task to completed/);
    });

    it('and nobody else is told, neither of this nor of what the agent does itself', async () => {
      const other = await connectAgent(era, test.agentAddress(), 'other-agent');
      await agent.call('updateTaskStatus', { taskId: id, status: 'blocked' });
      await move('notstarted');
      assert.match(inbox(await other.call('getTask')), /^$/);
      const taken = await other.call('updateTaskStatus', { taskId: id, status: 'ongoing' });
      assert.equal(inbox(taken), '');
      assert.match(inbox(await agent.call('getWorkspace')), /back into the queue/, 'it is meant for who had the task then');
      await move('rejected');
      assert.equal(inbox(await agent.call('getWorkspace')), '');
      assert.match(inbox(await other.call('getWorkspace')), /action=reject/);
      await other.close();
    });

    it('that is finished already, and archives it: that is no news', async () => {
      await agent.call('updateTaskStatus', { taskId: id, status: 'completed' });
      await update({ archived: true });
      assert.equal(inbox(await agent.call('getWorkspace')), '');
    });

    it('and a call that waits for it ends when it is deleted', async () => {
      const waiting = agent.call('waitForReply', { taskId: id, wait_s: 600 });
      await test.api.call('deleteTask', { workspaceId: test.workspaceId, taskId: id });
      const { isError, text } = await waiting;
      assert.ok(isError);
      assert.match(text, /There is no task/);
    });
  });
}

describe('the user moves a task of a gateway', () => {
  it('which is pushed to it, also after the hub has started anew, and not twice', async () => {
    const rig = await startGatewayRig();
    const { agent, stream } = await rig.listen();
    const task = await rig.task('One');
    await heard(stream, `[Task ${task.id}] One\nb`);
    await (await agent.call(1, 'updateTaskStatus', { taskId: task.id, status: 'ongoing' })).whole();
    const news = `[Response to task ${task.id}] action=reject: The user has rejected this task. Stop working on it.`;
    stream.cut();
    await waitFor('it to be cut', () => stream.ended());
    await rig.move(task.id, 'rejected');
    await rig.restart();
    const again = await agent.listen();
    await heard(again, news);
    await rig.write(task.id, 'why');
    await heard(again, `[Reply to task ${task.id}] why`);
    assert.deepEqual(pushesOn(again), [news, `[Reply to task ${task.id}] why`]);
    await rig.dispose();
  });
});
