import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Caller } from '../../../src/hub/service/caller.ts';
import { type Delivery, markFlying, markLost, markSent, proveDeliveries, unread } from '../../../src/hub/service/deliveries.ts';
import { findTask } from '../../../src/hub/service/lookup.ts';
import { moveTaskAsUser } from '../../../src/hub/service/moveTask.ts';
import { createTask, moveTaskAsAgent } from '../../../src/hub/service/tasks.ts';
import { updateTask } from '../../../src/hub/service/updateTask.ts';
import { isFinished } from '../../../src/protocol/isFinished.ts';
import type { Message, Task } from '../../../src/protocol/model.ts';
import { runs } from '../../support/generated.ts';
import { startTestService, type TestService } from '../../support/testService.ts';

// The user moves a task about, two agents take it and move it themselves, results break and the hub dies. What each agent believes of
// the task is kept by what it did and was told; the hub's own code has no part in that.

const statuses = ['notstarted', 'ongoing', 'blocked', 'completed', 'rejected'] as const;
type Status = (typeof statuses)[number];
type Name = 'a' | 'b';

type Step =
  | { do: 'person moves'; to: Status }
  | { do: 'person archives' }
  | { do: 'agent moves'; who: Name; to: Exclude<Status, 'notstarted'> }
  /** It calls, and its result is being written. */
  | { do: 'agent calls'; who: Name }
  | { do: 'result arrives' | 'result breaks' | 'hub restarts' };

const who = fc.constantFrom<Name[]>('a', 'b');
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('person moves' as const), to: fc.constantFrom(...statuses) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('person archives' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('agent moves' as const),
        who,
        to: fc.constantFrom('ongoing' as const, 'ongoing' as const, 'blocked' as const, 'completed' as const),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('agent calls' as const), who }) },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constantFrom('result arrives' as const, 'result arrives' as const, 'result breaks' as const) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('hub restarts' as const) }) },
  ),
  { maxLength: 40 },
);

interface Belief {
  status: Status;
  archived: boolean;
}

class World {
  service: TestService = startTestService();
  readonly taskId: string;
  readonly callers: Readonly<Record<Name, Caller>>;
  /** What an agent that has ever had the task believes of it. */
  readonly beliefs = new Map<Name, Belief>();
  /** Who has it. */
  holder: Name | undefined;
  readonly flights: { who: Name; delivery: Delivery; messages: Message[] }[] = [];
  readonly arrived = new Set<string>();

  constructor() {
    const { agents, context, workspaceId } = this.service;
    const caller = (name: Name): Caller => ({ agent: agents.heard(workspaceId, { name }), connectionId: `session:${name}` });
    this.callers = { a: caller('a'), b: caller('b') };
    this.taskId = createTask(context, { workspaceId, title: 't', body: 'b', assignee: 'agent', createdBy: 'human' }).id;
  }

  get task(): Task {
    return findTask(this.service.context.store, this.service.workspaceId, this.taskId);
  }

  play(step: Step): void {
    const { context, workspaceId } = this.service;
    switch (step.do) {
      case 'person moves':
        moveTaskAsUser(context, workspaceId, this.taskId, step.to);
        break;
      case 'person archives':
        updateTask(context, { workspaceId, taskId: this.taskId, archived: this.task.archivedAt === undefined });
        // That a finished one is put away is no news.
        if (isFinished(this.task)) for (const belief of this.beliefs.values()) belief.archived = this.task.archivedAt !== undefined;
        break;
      case 'agent moves':
        // It moves the task once it has read what it was told.
        for (const flight of this.flights.filter((each) => each.who === step.who)) {
          this.flights.splice(this.flights.indexOf(flight), 1);
          this.land(flight, true);
        }
        this.call(step.who, true);
        moveTaskAsAgent(context, this.callers[step.who], this.taskId, step.to);
        this.holder = step.who;
        this.beliefs.set(step.who, { status: step.to, archived: this.task.archivedAt !== undefined });
        break;
      case 'agent calls':
        this.call(step.who, false);
        break;
      case 'result arrives':
      case 'result breaks': {
        const flight = this.flights.shift();
        if (flight !== undefined) this.land(flight, step.do === 'result arrives');
        break;
      }
      case 'hub restarts':
        this.flights.length = 0;
        this.service = this.service.restart();
        break;
    }
  }

  call(name: Name, atOnce: boolean): void {
    const { context } = this.service;
    const caller = this.callers[name];
    proveDeliveries(context, caller);
    const { messages } = unread(context, caller);
    const belief = this.beliefs.get(name);
    for (const { id, move } of messages) {
      assert.ok(belief !== undefined, 'an agent that never had the task hears nothing of it');
      assert.ok(!this.arrived.has(`${name} ${id}`), 'what has arrived is not told again');
      assert.ok(move !== undefined);
    }
    const delivery = { caller, requestIds: [], messageIds: messages.map(({ id }) => id) };
    markFlying(context, delivery);
    const flight = { who: name, delivery, messages };
    if (atOnce) this.land(flight, true);
    else this.flights.push(flight);
  }

  land({ who: name, delivery, messages }: World['flights'][number], arrives: boolean): void {
    if (!arrives) return markLost(this.service.context, delivery);
    markSent(this.service.context, delivery);
    const belief = this.beliefs.get(name);
    for (const { id, move } of messages) {
      const isNew = !this.arrived.has(`${name} ${id}`);
      this.arrived.add(`${name} ${id}`);
      if (belief === undefined || !isNew) continue;
      if (move?.kind === 'status') belief.status = move.to as Status;
      if (move?.kind === 'archive') belief.archived = move.archived;
    }
  }

  /** Nothing breaks any more, and everybody has called. */
  settle(): void {
    while (this.flights.length > 0) this.play({ do: 'result arrives' });
    for (const name of ['a', 'b', 'a', 'b'] as const) this.call(name, true);
    const { context } = this.service;
    const { status, archivedAt } = this.task;
    const last = this.holder === undefined ? undefined : this.beliefs.get(this.holder);
    if (last !== undefined) {
      // A finished task that is given out again is no news to whoever finished it, until somebody else takes it.
      const isAgain = isFinished(last) && context.store.tasks.connectionOf(this.taskId) === undefined;
      const wasLost = last.status === 'notstarted' && context.store.tasks.connectionOf(this.taskId) === undefined;
      if (!isAgain && !wasLost) assert.equal(last.status, status, 'whoever has the task knows where it stands');
      if (!isAgain && !wasLost && !isFinished({ status })) {
        assert.equal(last.archived, archivedAt !== undefined, 'and whether it was put away');
      }
      if (wasLost) assert.ok(status !== 'ongoing' && status !== 'blocked', 'whoever lost it is told when it is to go on after all');
    }
    for (const name of ['a', 'b'] as const) assert.deepEqual(unread(context, this.callers[name]).messages, [], 'nothing is left');
  }
}

describe('what the user does to a task', () => {
  it('is told to the agent that has it, once, and to nobody else; what is taken back before that, to nobody', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const world = new World();
        for (const step of history) world.play(step);
        world.settle();
      }),
      { numRuns: runs(150) },
    );
  });

  it('leaves nothing to tell, if it is taken back before the agent called, whatever it was', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statuses), { maxLength: 6 }), fc.boolean(), (moves, archives) => {
        const world = new World();
        world.play({ do: 'agent moves', who: 'a', to: 'ongoing' });
        if (archives) world.play({ do: 'person archives' });
        for (const to of moves) world.play({ do: 'person moves', to });
        world.play({ do: 'person moves', to: 'ongoing' });
        if (archives) world.play({ do: 'person archives' });
        const { context } = world.service;
        assert.deepEqual(unread(context, world.callers.a).messages, []);
        assert.deepEqual(context.store.messages.moves(world.taskId), []);
        world.play({ do: 'person moves', to: 'rejected' });
        assert.equal(unread(context, world.callers.a).messages.length, 1, 'the agent still has the task');
      }),
      { numRuns: runs(60) },
    );
  });
});
