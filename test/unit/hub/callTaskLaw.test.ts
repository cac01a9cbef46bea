import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type CallTask, isOver } from '../../../src/hub/mcp/tasks/callTask.ts';
import { beginRequestTask, createRequestTasks } from '../../../src/hub/mcp/tasks/requestTasks.ts';
import { beginWaitTask, createWaitTasks } from '../../../src/hub/mcp/tasks/waitTasks.ts';
import { answerRequest, dismissRequest } from '../../../src/hub/service/answers.ts';
import type { Caller } from '../../../src/hub/service/caller.ts';
import { type Delivery, markFlying, markLost, markSent, proveDeliveries, unread } from '../../../src/hub/service/deliveries.ts';
import { replyAsUser } from '../../../src/hub/service/messages.ts';
import { askQuestion } from '../../../src/hub/service/questions.ts';
import { retractAnswer } from '../../../src/hub/service/retractAnswer.ts';
import { createTask, takeTask } from '../../../src/hub/service/tasks.ts';
import { HubError } from '../../../src/protocol/hubErrors.ts';
import { runs } from '../../support/generated.ts';
import { startTestService, type TestService } from '../../support/testService.ts';

// Calls that go on as tasks, over answers, cancellations, polls that break, agents that start anew, hubs that die and others that take
// over. A history of such things is made up and played. The agent's client polls as clients do: on and on, until the task is over.

type Step =
  | { do: 'ask' | 'wait' | 'write' | 'restart hub' | 'restart agent' | 'hook' }
  | { do: 'answer' | 'dismiss' | 'retract' | 'cancel'; which: number }
  | { do: 'poll'; which: number; arrives: boolean }
  | { do: 'call'; arrives: boolean }
  | { do: 'time'; seconds: number };

const which = fc.nat(5);
const arrives = fc.boolean();
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('ask', 'wait', 'write') }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('restart hub', 'restart agent', 'hook') }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('answer', 'answer', 'dismiss', 'retract', 'cancel', 'cancel'), which }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('poll'), which, arrives }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('call'), arrives }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('time'), seconds: fc.integer({ min: 1, max: 300 }) }) },
  ) as fc.Arbitrary<Step>,
  { maxLength: 40, size: 'max' },
);

/** A task as its client knows it. */
interface Known {
  taskId: string;
  /** Of a question. */
  requestId: string | undefined;
  /** What a poll that arrived has said. */
  end: { status: string; result: string } | undefined;
}

/** One of those that there are. */
function pick<T>(all: readonly T[], index: number): T | undefined {
  return all[index % Math.max(all.length, 1)];
}

class World {
  service: TestService = startTestService();
  agents = 1;
  readonly boardTaskId: string;
  readonly known: Known[] = [];
  readonly questions: string[] = [];
  readonly messages = new Set<string>();
  /** How often each thing was in something that arrived, by what brought it. */
  readonly told = new Map<string, string[]>();

  constructor() {
    const { context, workspaceId } = this.service;
    this.boardTaskId = createTask(context, { workspaceId, title: 't', body: '', assignee: 'agent', createdBy: 'human' }).id;
    takeTask(context, this.caller(), this.boardTaskId);
  }

  caller(name = 'tester'): Caller {
    const { agents, workspaceId } = this.service;
    return { agent: agents.heard(workspaceId, { name }), connectionId: `session:bridge.${this.agents}` };
  }

  sources() {
    const { context, agents } = this.service;
    return [createRequestTasks(context, agents), createWaitTasks(context, agents)];
  }

  play(step: Step): void {
    const { context, workspaceId, clock } = this.service;
    switch (step.do) {
      case 'ask': {
        const request = askQuestion(context, this.caller(), { kind: 'question', question: `q${this.questions.length}` });
        this.questions.push(request.id);
        this.known.push({ taskId: beginRequestTask(context, this.caller(), request).taskId, requestId: request.id, end: undefined });
        break;
      }
      case 'wait': {
        const { taskId } = beginWaitTask(context, this.caller(), { kind: 'anything' });
        if (!this.known.some((one) => one.taskId === taskId)) this.known.push({ taskId, requestId: undefined, end: undefined });
        break;
      }
      case 'write':
        this.messages.add(replyAsUser(context, { workspaceId, taskId: this.boardTaskId, text: 'hi' }).message.id);
        break;
      case 'answer':
        this.quietly(step.which, (id) => answerRequest(context, workspaceId, id, { text: 'yes' }));
        break;
      case 'dismiss':
        this.quietly(step.which, (id) => dismissRequest(context, workspaceId, id));
        break;
      case 'retract':
        this.quietly(step.which, (id) => retractAnswer(context, workspaceId, id));
        break;
      case 'cancel':
        this.cancel(pick(this.known, step.which));
        break;
      case 'poll':
        this.poll(pick(this.known, step.which), step.arrives);
        break;
      case 'call':
        this.call(step.arrives);
        break;
      case 'hook':
        proveDeliveries(context, { ...this.caller(), connectionId: 'hook:1' });
        break;
      case 'time':
        // Clients of tasks that aren't over poll meanwhile.
        for (let left = step.seconds; left > 0; left -= 20) {
          clock.advance(Math.min(left, 20) * 1_000);
          for (const one of this.known) this.poll(one, true);
        }
        break;
      case 'restart agent':
        this.agents += 1;
        break;
      case 'restart hub':
        this.service = this.service.restart();
        break;
    }
  }

  /** What the user does may come too late. */
  quietly(index: number, act: (requestId: string) => void): void {
    const id = pick(this.questions, index);
    if (id === undefined) return;
    try {
      act(id);
    } catch (error) {
      assert.ok(error instanceof HubError, String(error));
    }
  }

  find(taskId: string, caller = this.caller()): { task: CallTask; source: ReturnType<World['sources']>[number] } {
    for (const source of this.sources()) {
      const task = source.find(caller, taskId);
      if (task !== undefined) return { task, source };
    }
    return assert.fail(`${taskId} is gone`);
  }

  poll(one: Known | undefined, arrived: boolean): void {
    if (one === undefined) return;
    const { context } = this.service;
    const stranger = this.caller('stranger');
    assert.ok(
      this.sources().every((source) => source.find(stranger, one.taskId) === undefined),
      'nobody else knows it',
    );
    const { task, source } = this.find(one.taskId);
    const result = JSON.stringify(task.details ?? {});
    if (one.end !== undefined) {
      assert.deepEqual({ status: task.status, result }, one.end, 'what is over stays as it was');
      return;
    }
    proveDeliveries(context, this.caller(), [...(task.payload?.requestIds ?? []), ...(task.payload?.messageIds ?? [])]);
    source.polled?.(this.caller(), task, 10_000);
    const { requestIds = [], messageIds = [] } = task.payload ?? {};
    this.carry({ caller: this.caller(), requestIds, messageIds }, one.taskId, arrived);
    if (arrived && isOver(task)) one.end = { status: task.status, result };
  }

  call(arrived: boolean): void {
    const { context } = this.service;
    proveDeliveries(context, this.caller());
    const { answers, messages } = unread(context, this.caller());
    const delivery = { caller: this.caller(), requestIds: answers.map(({ id }) => id), messageIds: messages.map(({ id }) => id) };
    this.carry(delivery, 'call', arrived);
  }

  carry(delivery: Delivery, by: string, arrived: boolean): void {
    const { context } = this.service;
    markFlying(context, delivery);
    if (!arrived) {
      markLost(context, delivery);
      return;
    }
    markSent(context, delivery);
    for (const id of [...delivery.requestIds, ...delivery.messageIds]) this.told.set(id, [...(this.told.get(id) ?? []), by]);
  }

  cancel(one: Known | undefined): void {
    if (one === undefined) return;
    const before = this.find(one.taskId).task;
    const requestOf = () => (one.requestId === undefined ? undefined : this.service.context.store.requests.get(one.requestId));
    const twice = [0, 1].map(() => {
      const { task, source } = this.find(one.taskId);
      source.cancel(this.caller(), task);
      this.service.clock.advance(1);
      return JSON.stringify([this.find(one.taskId).task, requestOf()]);
    });
    assert.equal(twice[0], twice[1], 'twice is once');
    const { status } = this.find(one.taskId).task;
    assert.equal(status, isOver(before) ? before.status : 'cancelled');
    if (status === 'cancelled' && one.requestId !== undefined) assert.equal(requestOf()?.status, 'withdrawn');
  }

  settle(): void {
    this.play({ do: 'restart hub' });
    this.play({ do: 'restart agent' });
    const { context } = this.service;
    for (const one of this.known) this.poll(one, true);
    // What nobody asks for any more comes with the next call, once the hub knows that.
    this.service.clock.advance(300_000);
    this.call(true);
    this.call(true);
    for (const id of this.questions) {
      const request = context.store.requests.get(id) ?? assert.fail();
      const own = this.known.find(({ requestId }) => requestId === id);
      if (request.answer === undefined || request.status === 'withdrawn') continue;
      assert.equal(request.status, 'delivered', 'every answer arrives');
      assert.equal(own?.end?.status, 'completed');
      const by = this.told.get(id) ?? [];
      assert.ok(by.length >= 1, 'delivered was told');
    }
    for (const id of this.messages) {
      assert.equal(context.store.messages.get(id)?.delivery, 'delivered', 'every message arrives');
    }
    assert.deepEqual(context.store.deliveries.ofAgent(this.caller().agent.id), [], 'nothing is left behind');
  }
}

describe('a call that goes on as a task', () => {
  it('is answered, cancelled and told in one way, whatever happens meanwhile', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const world = new World();
        for (const step of history) world.play(step);
        world.settle();
      }),
      { numRuns: runs(40) },
    );
  });

  it('is told of once, as long as its client polls and its results arrive', () => {
    const quiet = steps.map((history) =>
      history.filter(({ do: what }) => what !== 'restart agent').map((step) => ('arrives' in step ? { ...step, arrives: true } : step)),
    );
    fc.assert(
      fc.property(quiet, (history) => {
        const world = new World();
        for (const step of history) world.play(step);
        world.play({ do: 'time', seconds: 20 });
        for (const [id, by] of world.told) assert.equal(by.length, 1, `${id} came by ${by.join(', ')}`);
      }),
      { numRuns: runs(40) },
    );
  });
});
