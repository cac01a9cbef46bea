import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { answerRequest } from '../../../src/hub/service/answers.ts';
import type { Caller } from '../../../src/hub/service/caller.ts';
import { type Delivery, markFlying, markLost, markSent, proveDeliveries, unread } from '../../../src/hub/service/deliveries.ts';
import { replyAsUser } from '../../../src/hub/service/messages.ts';
import { askQuestion } from '../../../src/hub/service/questions.ts';
import { createTask, takeTask } from '../../../src/hub/service/tasks.ts';
import { runs } from '../../support/generated.ts';
import { startTestService, type TestService } from '../../support/testService.ts';

// What the user says on its way to an agent, over connections that break, agents that start anew and a hub that dies. A history of
// such things is generated and played; after each step what the hub shows is compared with what really happened.

/** A connection of the agent: two sessions of the older era, its hooks, and the newer era. */
const vias = ['session:1', 'session:2', 'hook:1', 'agent'] as const;
type Via = (typeof vias)[number];

type Step =
  | { do: 'write' | 'ask and answer' | 'restart hub' }
  /** A call comes, and its result is being written. */
  | { do: 'call'; connectionId: Via }
  /** What becomes of the oldest result that is being written. */
  | { do: 'arrives' | 'breaks' | 'breaks but can be fetched' }
  /** The client comes back for what it lost, and gets it. */
  | { do: 'fetch'; connectionId: Via }
  | { do: 'connect' | 'disconnect'; connectionId: Via };

const connectionId = fc.constantFrom(...vias);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('write', 'ask and answer') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart hub') }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('call'), connectionId }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('arrives', 'arrives', 'breaks', 'breaks but can be fetched') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('fetch'), connectionId }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('connect', 'disconnect'), connectionId }) },
  ) as fc.Arbitrary<Step>,
  { maxLength: 60 },
);

/** A result on its way: to whom, and what it carries. */
interface Flight {
  delivery: Delivery;
  connectionId: Via;
  state: 'flying' | 'arrived' | 'broken' | 'fetchable';
}

class World {
  service: TestService = startTestService();
  caller: (connectionId: Via) => Caller;
  readonly taskId: string;
  readonly flights: Flight[] = [];
  readonly items = new Map<string, 'message' | 'request'>();
  /** What a call has proven, as the hub says. */
  readonly delivered = new Set<string>();
  readonly closers = new Map<Via, () => void>();

  constructor() {
    const agent = this.service.agents.heard(this.service.workspaceId, { name: 'tester' });
    this.caller = (one) => ({ agent, connectionId: one });
    const { context, workspaceId } = this.service;
    this.taskId = createTask(context, { workspaceId, title: 't', body: '', assignee: 'agent', createdBy: 'human' }).id;
    takeTask(context, this.caller('agent'), this.taskId);
  }

  play(step: Step): void {
    const { context, workspaceId } = this.service;
    switch (step.do) {
      case 'write': {
        const { message } = replyAsUser(context, { workspaceId, taskId: this.taskId, text: 'hi' });
        this.items.set(message.id, 'message');
        break;
      }
      case 'ask and answer': {
        // A question of its own each time, without a task, so that the messages stay messages.
        const request = askQuestion(context, this.caller('agent'), { kind: 'question', question: `q${this.items.size}` });
        answerRequest(context, workspaceId, request.id, { text: 'yes' });
        this.items.set(request.id, 'request');
        break;
      }
      case 'call':
        this.call(step.connectionId);
        break;
      case 'arrives':
      case 'breaks':
      case 'breaks but can be fetched': {
        const flight = this.flights.find(({ state }) => state === 'flying');
        if (flight === undefined) break;
        if (step.do === 'arrives') {
          markSent(context, flight.delivery);
          flight.state = 'arrived';
        } else {
          const fetchable = step.do !== 'breaks' && flight.connectionId.startsWith('session:');
          markLost(context, flight.delivery, fetchable);
          flight.state = fetchable ? 'fetchable' : 'broken';
        }
        break;
      }
      case 'fetch':
        for (const flight of this.flights.filter(({ state }) => state === 'fetchable')) {
          if (flight.connectionId !== step.connectionId) continue;
          markSent(context, flight.delivery);
          flight.state = 'arrived';
        }
        break;
      case 'connect':
        if (!this.closers.has(step.connectionId))
          this.closers.set(step.connectionId, this.service.agents.present(this.caller(step.connectionId)));
        break;
      case 'disconnect':
        this.closers.get(step.connectionId)?.();
        this.closers.delete(step.connectionId);
        break;
      case 'restart hub':
        this.closers.clear();
        this.service = this.service.restart();
        for (const flight of this.flights) if (flight.state === 'flying' || flight.state === 'fetchable') flight.state = 'broken';
        break;
    }
    this.check();
  }

  /** @returns what the call's result carries */
  call(one: Via): string[] {
    const { context } = this.service;
    const caller = this.caller(one);
    proveDeliveries(context, caller);
    const { answers, messages } = unread(context, caller);
    const delivery = { caller, requestIds: answers.map(({ id }) => id), messageIds: messages.map(({ id }) => id) };
    const carried = [...delivery.requestIds, ...delivery.messageIds];
    for (const id of carried) {
      assert.ok(!this.delivered.has(id), 'what has arrived is not offered again');
      const twice = this.flights.some(
        (flight) => flight.connectionId === one && carries(flight, id) && ['flying', 'arrived'].includes(flight.state),
      );
      assert.ok(!twice, 'the same connection is not given the same thing twice, unless it was lost');
    }
    markFlying(context, delivery);
    this.flights.push({ delivery, connectionId: one, state: 'flying' });
    return carried;
  }

  /** What the hub shows, held against what happened. */
  check(): void {
    const { store } = this.service.context;
    for (const [id, kind] of this.items) {
      const flights = this.flights.filter((flight) => carries(flight, id));
      const isDelivered =
        kind === 'message' ? store.messages.get(id)?.delivery === 'delivered' : store.requests.get(id)?.status === 'delivered';
      if (isDelivered) {
        assert.ok(
          flights.some(({ state }) => state === 'arrived'),
          'what is shown as delivered was in a result that arrived',
        );
        this.delivered.add(id);
      } else assert.ok(!this.delivered.has(id), 'what was delivered stays so');
      if (kind === 'message' && !isDelivered) {
        const out = flights.some(({ state }) => state === 'flying' || state === 'arrived');
        assert.equal(store.messages.get(id)?.delivery, out ? 'offered' : 'queued', 'what waits is shown as waiting');
      }
    }
  }

  /** The agent starts once more, in a session of its own, and nothing breaks any more. */
  settle(): void {
    this.closers.forEach((close) => close());
    this.closers.clear();
    for (const flight of this.flights) if (flight.state === 'flying') flight.state = 'broken';
    this.service = this.service.restart();
    const { context } = this.service;
    const fresh = { ...this.caller('agent'), connectionId: 'session:last' };
    proveDeliveries(context, fresh);
    const { answers, messages } = unread(context, fresh);
    const delivery = { caller: fresh, requestIds: answers.map(({ id }) => id), messageIds: messages.map(({ id }) => id) };
    markFlying(context, delivery);
    markSent(context, delivery);
    this.flights.push({ delivery, connectionId: 'session:1', state: 'arrived' });
    proveDeliveries(context, fresh);
    this.check();
    const missing = [...this.items.keys()].filter((id) => !this.delivered.has(id));
    assert.deepEqual(missing, [], 'everything arrives in the end');
    assert.deepEqual(unread(context, fresh), { answers: [], messages: [] });
    assert.deepEqual(context.store.deliveries.ofAgent(fresh.agent.id), [], 'nothing is left behind');
  }
}

function carries({ delivery }: Flight, id: string): boolean {
  return delivery.requestIds.includes(id) || delivery.messageIds.includes(id);
}

describe("the user's words on their way to an agent", () => {
  it('are never lost, never shown as delivered before they are, and never handed over again after that', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const world = new World();
        for (const step of history) world.play(step);
        world.settle();
      }),
      { numRuns: runs(60) },
    );
  });

  it('are offered again to an agent that started anew, and to no other session while that which has them is there', () => {
    const world = new World();
    world.play({ do: 'connect', connectionId: 'session:1' });
    takeTask(world.service.context, world.caller('session:1'), world.taskId);
    world.play({ do: 'write' });
    assert.deepEqual(world.call('session:2'), [], 'session 1 works on it');
    assert.equal(world.call('session:1').length, 1);
    world.play({ do: 'arrives' });
    world.play({ do: 'arrives' });
    world.play({ do: 'disconnect', connectionId: 'session:1' });
    assert.equal(world.call('session:2').length, 1, 'session 1 is gone and has proven nothing');
  });

  it('are shown as on their way again when the agent fetches what it lost', () => {
    const world = new World();
    world.play({ do: 'write' });
    world.play({ do: 'call', connectionId: 'session:1' });
    world.play({ do: 'breaks but can be fetched' });
    world.play({ do: 'fetch', connectionId: 'session:1' });
  });

  it('leave nothing behind when two sessions had them and one has proven it', () => {
    const world = new World();
    world.play({ do: 'write' });
    world.call('session:1');
    assert.equal(world.call('session:2').length, 1);
    world.play({ do: 'arrives' });
    world.call('session:1');
    world.play({ do: 'arrives' });
    world.play({ do: 'arrives' });
    const { context } = world.service;
    assert.deepEqual(context.store.deliveries.ofAgent(world.caller('agent').agent.id), []);
  });

  it('count as delivered only when the same end calls again after the result was written whole', () => {
    const world = new World();
    world.play({ do: 'connect', connectionId: 'session:1' });
    world.play({ do: 'connect', connectionId: 'session:2' });
    world.play({ do: 'write' });
    world.call('session:1');
    world.call('session:1');
    assert.equal(world.delivered.size, 0, 'a call that came before the result was written proves nothing');
    world.play({ do: 'arrives' });
    world.call('session:2');
    world.check();
    assert.equal(world.delivered.size, 0, 'another session proves nothing');
    world.call('session:1');
    world.check();
    assert.equal(world.delivered.size, 1);
  });
});
