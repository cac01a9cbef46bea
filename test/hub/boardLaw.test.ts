import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { type Board, boardFromSnapshot, reduce, withPresence } from '../../src/client/board.ts';
import { parseCursor } from '../../src/protocol/cursor.ts';
import { type PresenceMessage, parseStreamMessage } from '../../src/protocol/events.ts';
import type { TaskAction, TaskStatus } from '../../src/protocol/model.ts';
import { runs } from '../support/generated.ts';
import { openRawStream, type RawStream } from '../support/rawStream.ts';
import { connectAgent, type TestAgent } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

/** What somebody does; `pick` chooses among the tasks or requests that there are. */
type Deed =
  | { kind: 'create'; by: 'human' | 'agent'; assignee: 'human' | 'agent' }
  | { kind: 'status'; by: 'human' | 'agent'; status: TaskStatus; pick: number }
  | { kind: 'reply'; by: 'human' | 'agent'; pick: number }
  | { kind: 'ask'; pick: number; question: number }
  | { kind: 'answer'; pick: number }
  | { kind: 'archive'; pick: number }
  | { kind: 'respond'; action: TaskAction; pick: number }
  | { kind: 'removeAgent'; removed: boolean }
  | { kind: 'delete'; pick: number };

const by = fc.constantFrom('human' as const, 'agent' as const);
const pick = fc.nat(20);
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), by, assignee: by }),
  fc.record({
    kind: fc.constant('status' as const),
    by,
    status: fc.constantFrom<TaskStatus[]>('notstarted', 'ongoing', 'blocked', 'completed'),
    pick,
  }),
  fc.record({ kind: fc.constant('reply' as const), by, pick }),
  fc.record({ kind: fc.constant('ask' as const), pick, question: fc.nat(3) }),
  fc.record({ kind: fc.constant('answer' as const), pick }),
  fc.record({ kind: fc.constant('archive' as const), pick }),
  fc.record({
    kind: fc.constant('respond' as const),
    action: fc.constantFrom<TaskAction[]>('allow', 'reject', 'allow_all', 'text'),
    pick,
  }),
  fc.record({ kind: fc.constant('removeAgent' as const), removed: fc.boolean() }),
  fc.record({ kind: fc.constant('delete' as const), pick }),
);

function presenceOn({ presences }: RawStream): PresenceMessage['payload'][] {
  return presences.map(({ id, data }) => {
    const parsed = parseStreamMessage(data);
    assert.ok(id === undefined && parsed.kind === 'message' && parsed.message.type === 'agents.presence');
    return parsed.message.payload;
  });
}

describe('the board, on a real hub', () => {
  let test: TestHub;
  let agent: TestAgent;

  before(async () => {
    test = await startTestHub();
    agent = await connectAgent('modern', test.agentAddress());
  });

  after(async () => {
    await agent.close();
    await test.dispose();
  });

  async function perform(deed: Deed): Promise<void> {
    const { workspaceId, api } = test;
    const { tasks, requests, agents } = await api.call('getBoard', {});
    const task = 'pick' in deed ? tasks[deed.pick % Math.max(tasks.length, 1)] : undefined;
    if (deed.kind === 'create' && deed.by === 'human') await api.call('createTask', { workspaceId, title: 'T', assignee: deed.assignee });
    else if (deed.kind === 'create') await agent.call('createTask', { title: 'T', body: 'b', assignee: deed.assignee });
    else if (deed.kind === 'answer') {
      const open = requests.filter(({ status }) => status === 'open');
      const request = open[deed.pick % Math.max(open.length, 1)];
      if (request === undefined) return;
      const answer = request.kind === 'task' ? { decision: 'done' as const } : { text: 'yes' };
      await api.call('answerRequest', { workspaceId, requestId: request.id, ...answer });
    } else if (deed.kind === 'removeAgent') {
      // It comes back with its next call.
      const [{ id: agentId } = assert.fail('there is an agent')] = agents;
      await api.call('removeAgent', { workspaceId, agentId, removed: deed.removed });
    } else if (task === undefined) return;
    else if (deed.kind === 'ask') await agent.call('askHuman', { question: `Q${deed.question}?`, taskId: task.id, wait_s: 0 });
    else if (deed.kind === 'archive') await api.call('updateTask', { workspaceId, taskId: task.id, archived: true });
    else if (deed.kind === 'respond') await api.call('respondToTask', { workspaceId, taskId: task.id, action: deed.action, text: 'so' });
    else if (deed.kind === 'delete') await api.call('deleteTask', { workspaceId, taskId: task.id });
    else if (deed.kind === 'status' && deed.by === 'human') {
      await api.call('changeTaskStatus', { workspaceId, taskId: task.id, value: deed.status });
    } else if (deed.kind === 'status') await agent.call('updateTaskStatus', { taskId: task.id, status: deed.status });
    else if (deed.by === 'human') await api.call('replyToTask', { workspaceId, taskId: task.id, text: 'hi' });
    else await agent.call('reply', { chatId: task.id, text: 'hi' });
  }

  it('is the same from a snapshot now as from an earlier one and the events since', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyDeed, { minLength: 5, maxLength: 25 }), async (deeds) => {
        const earlier = boardFromSnapshot(await test.api.call('getBoard', {}));
        const stream = await openRawStream(test.hub, { lastEventId: `${earlier.cursor?.epoch}.${earlier.cursor?.number}` });
        for (const one of deeds) await perform(one);
        const now = boardFromSnapshot(await test.api.call('getBoard', {}));
        const missed = (now.cursor?.number ?? 0) - (earlier.cursor?.number ?? 0);
        await waitFor('all events', () => stream.messages.length >= missed);
        const followed = stream.messages.slice(0, missed).reduce((board, { id = '', data }) => {
          const parsed = parseStreamMessage(data);
          const cursor = parseCursor(id);
          assert.ok(parsed.kind === 'message' && cursor !== undefined);
          const { message } = parsed;
          assert.ok(message.type !== 'reset' && message.type !== 'agents.presence');
          return reduce(board, cursor, message);
        }, earlier);
        const withAll = (): Board => presenceOn(stream).reduce(withPresence, followed);
        await waitFor('the presence of all agents', () => isDeepStrictEqual(withAll().agents, now.agents));
        stream.close();
        assert.deepEqual(withAll(), now);
      }),
      { numRuns: runs(5) },
    );
  });
});
