import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Message, Request, Task } from '../../src/protocol/model.ts';
import { type Fault, type FaultEra, type FaultRig, faultEras, faults, startFaultRig } from '../support/faultRig.ts';
import { runs } from '../support/generated.ts';
import { taskIdOf } from '../support/taskIdOf.ts';
import { waitFor } from '../support/waitFor.ts';

// Every fault, at every state of a question and of a message, with real clients of both eras, and one that follows tasks: nothing is lost,
// nothing is there twice, and what the window shows is so. First each pair of them, then histories that are made up.

const question = { question: 'Which colour?', choices: ['Red', 'Blue'] };

/** How far a question has come when the fault happens. */
const questionStates = ['waiting', 'pending', 'answered', 'handed over', 'delivered'] as const;
/** How far a message has come. */
const messageStates = ['queued', 'handed over', 'delivered'] as const;

/** The one request that there is. */
async function theRequest(rig: FaultRig): Promise<Request> {
  const { requests } = await rig.api.call('getBoard', {});
  assert.equal(requests.length, 1, 'one question is one request');
  return requests[0] ?? assert.fail();
}

async function bringQuestionTo(rig: FaultRig, state: (typeof questionStates)[number]): Promise<void> {
  if (state === 'waiting') {
    rig.begin('askHuman', { ...question, wait_s: 20 });
    await waitFor('the question', async () => (await rig.api.call('getBoard', {})).requests.length === 1);
    return;
  }
  await rig.call('askHuman', { ...question, wait_s: 0 });
  if (state === 'pending') return;
  await answer(rig);
  if (state === 'answered') return;
  assert.match((await rig.call('waitForReply', { requestId: (await theRequest(rig)).id, wait_s: 5 })).text, /Blue/);
  // The agent may have read it before the hub knows that it was written whole.
  await waitFor('the hub to know', async () => (await theRequest(rig)).handedOver === true);
  if (state === 'delivered') await rig.call('getWorkspace');
}

async function answer(rig: FaultRig): Promise<void> {
  const { id, workspaceId, status } = await theRequest(rig);
  if (status === 'open') await rig.api.call('answerRequest', { workspaceId, requestId: id, choices: ['Blue'] });
}

/** The window shows just what the hub has. */
async function assertShown(rig: FaultRig): Promise<void> {
  await waitFor('the window to show what the hub has', async () => {
    const { requests, tasks } = await rig.api.call('getBoard', {});
    // A board keeps tasks in no order of its own: the views sort them.
    const inOrder = (some: Iterable<Task>): Task[] => [...some].toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const shown = JSON.stringify([[...rig.board.requests.values()], inOrder(rig.board.tasks.values())]);
    return shown === JSON.stringify([requests, inOrder(tasks)]);
  });
}

async function questionGoesOn(rig: FaultRig, state: (typeof questionStates)[number], fault: Fault, era: FaultEra): Promise<void> {
  await assertShown(rig);
  // Only a window that was reloaded leaves the call that waits alone.
  if (fault !== 'window reloaded') await rig.end('giveUp');
  await answer(rig);
  await rig.end('answered');
  const before = rig.heard('The user answered: Blue');
  if (state === 'handed over' || state === 'delivered') {
    // It has had the answer: its next call brings it again only to an agent that is a new one, and only if nothing has proven it.
    await rig.call('getWorkspace');
    const anew = fault === 'agent restarted' && state === 'handed over' && era === 'legacy' ? 1 : 0;
    assert.equal(rig.heard('The user answered: Blue') - before, anew);
    if (anew === 1) await rig.call('getWorkspace');
  } else {
    assert.match((await rig.call('askHuman', { ...question, wait_s: 10 })).text, /^The user answered: Blue\n/);
    await rig.call('getWorkspace');
  }
  assert.equal((await theRequest(rig)).status, 'delivered');
  const heard = rig.heard('The user answered: Blue');
  await rig.call('createTask', { title: 'Paint it', body: 'b' });
  assert.equal(rig.heard('The user answered: Blue'), heard, 'what was delivered is not given out again');
  assert.deepEqual((await rig.api.call('getBoard', {})).requests, [], 'the agent has acted on it');
  await assertShown(rig);
}

async function messageOf(rig: FaultRig, taskId: string): Promise<Message> {
  const { messages } = await rig.api.call('getTask', { workspaceId: rig.workspaceId, taskId });
  const ours = messages.filter(({ sender }) => sender === 'human');
  assert.equal(ours.length, 1, 'one message is one message');
  return ours[0] ?? assert.fail();
}

for (const era of faultEras) {
  describe(`faults, with an agent of the ${era} era`, () => {
    let rig: FaultRig;

    // One for all, because each starts a process; what failed may have left something behind.
    before(async () => {
      rig = await startFaultRig(era);
    });

    afterEach(async function () {
      if (this.currentTest?.state !== 'failed') return;
      await rig.dispose();
      rig = await startFaultRig(era);
    });

    after(() => rig.dispose());

    for (const state of questionStates) {
      for (const fault of faults) {
        if (fault === 'call timed out' && state !== 'waiting') continue;
        it(`a question that is ${state}: ${fault}`, async () => {
          await bringQuestionTo(rig, state);
          await rig.happen(fault);
          await questionGoesOn(rig, state, fault, era);
        });
      }
    }

    for (const state of messageStates) {
      for (const fault of faults) {
        if (fault === 'call timed out') continue;
        it(`a message that is ${state}: ${fault}`, async () => {
          const text = `Use tabs, ${state}, ${fault}.`;
          const taskId = taskIdOf((await rig.call('createTask', { title: 'T', body: 'b' })).text);
          await rig.api.call('replyToTask', { workspaceId: rig.workspaceId, taskId, text });
          if (state !== 'queued') {
            assert.ok((await rig.call('getWorkspace')).texts[1]?.includes(text));
            // The agent may have read it before the hub knows that it was written whole; it does once it has served somebody else.
            await assertShown(rig);
          }
          if (state === 'delivered') await rig.call('getWorkspace');
          await rig.happen(fault);
          await assertShown(rig);
          await rig.call('getWorkspace');
          await rig.call('getWorkspace');
          assert.equal((await messageOf(rig, taskId)).delivery, 'delivered');
          const anew = fault === 'agent restarted' && (state === 'delivered' || (state === 'handed over' && era !== 'legacy'));
          assert.equal(rig.heard(text), anew ? 0 : 1, 'each agent hears it once, and a new one does if nothing had proven it');
        });
      }
    }

    it('histories that are made up', async () => {
      const step = fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('write', 'ask', 'answer', 'call', 'wait') },
        { weight: 2, arbitrary: fc.constantFrom(...faults) },
      );
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (history) => {
          run += 1;
          const taskId = taskIdOf((await rig.call('createTask', { title: `T${run}`, body: 'b' })).text);
          const written: string[] = [];
          const asked = { ...question, question: `Which colour, ${run}?`, taskId };
          let isAsked = false;
          for (const [index, each] of history.entries()) {
            if (each === 'write') {
              const text = `note ${run}.${index}.`;
              // With a question open, the reply answers it: that is another story.
              const { requests } = await rig.api.call('getTask', { workspaceId: rig.workspaceId, taskId });
              if (requests.some(({ status }) => status === 'open')) continue;
              await rig.api.call('replyToTask', { workspaceId: rig.workspaceId, taskId, text, key: `key-${text}` });
              written.push(text);
            } else if (each === 'ask') {
              await rig.call('askHuman', { ...asked, wait_s: 0 });
              isAsked = true;
            } else if (each === 'wait') {
              // A connection that is dead is found out by a call that is made again.
              await rig.call('getWorkspace');
              await rig.end('giveUp');
              rig.begin('askHuman', { ...asked, wait_s: 20 });
              isAsked = true;
              await waitFor('the question', async () => {
                return (await rig.api.call('getTask', { workspaceId: rig.workspaceId, taskId })).requests.length > 0;
              });
            } else if (each === 'answer') await answerAll(rig, taskId);
            else if (each === 'call') await rig.call('getWorkspace');
            else await rig.happen(each);
          }
          await answerAll(rig, taskId);
          if (isAsked) await rig.call('askHuman', { ...asked, wait_s: 0 });
          await answerAll(rig, taskId);
          await rig.call('waitForReply', { taskId, wait_s: 0 });
          await rig.call('getWorkspace');
          await rig.call('getWorkspace');
          const { messages, requests } = await rig.api.call('getTask', { workspaceId: rig.workspaceId, taskId });
          assert.deepEqual(
            messages.filter(({ sender }) => sender === 'human').map(({ text, delivery }) => [text, delivery]),
            written.map((text) => [text, 'delivered']),
          );
          assert.ok(requests.every(({ status, answer: given }) => given !== undefined && ['delivered', 'acted'].includes(status)));
          for (const text of written) assert.ok(rig.heard(text) <= 1, `${text} was heard ${rig.heard(text)} times`);
          await rig.call('updateTaskStatus', { taskId, status: 'completed' });
          await assertShown(rig);
        }),
        { numRuns: runs(4) },
      );
    });
  });
}

async function answerAll(rig: FaultRig, taskId: string): Promise<void> {
  const { requests } = await rig.api.call('getTask', { workspaceId: rig.workspaceId, taskId });
  for (const { id, workspaceId, status } of requests) {
    if (status === 'open') await rig.api.call('answerRequest', { workspaceId, requestId: id, choices: ['Blue'] });
  }
}
