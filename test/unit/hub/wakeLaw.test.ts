import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { MissedTurn } from '../../../src/home/missedTurns.ts';
import type { HookEvent } from '../../../src/hub/hooks/hookEvent.ts';
import { createSessionStreams } from '../../../src/hub/mcp/legacy/sessionStreams.ts';
import { type Caller, hookConnection } from '../../../src/hub/service/caller.ts';
import { markFlying, markSent, proveDeliveries, unread } from '../../../src/hub/service/deliveries.ts';
import { replyAsAgent, replyAsUser } from '../../../src/hub/service/messages.ts';
import { createTask } from '../../../src/hub/service/tasks.ts';
import { createWakes, type Wakes } from '../../../src/hub/wake/createWakes.ts';
import { ringEveryMs } from '../../../src/hub/wake/decideWake.ts';
import { gettingReady, type WakeAnswer } from '../../../src/protocol/wake.ts';
import { nullLog } from '../../../src/util/log.ts';
import { runs } from '../../support/generated.ts';
import { startTestService, type TestService } from '../../support/testService.ts';
import { unexpected } from '../../support/unexpected.ts';

// The user and two agents write, and the agents begin and end turns. Who was rung, and what was said before, is judged by what happened;
// the hub's own code has no part in that.

type Name = 'claude-code' | 'codex-mcp-client';
const names = ['claude-code', 'codex-mcp-client'] as const;
const threads: Readonly<Record<Name, string>> = {
  'claude-code': '0f6a6cc3-b3ac-4fa0-8d8b-c68367cb79ee',
  'codex-mcp-client': '1c6a6cc3-b3ac-4fa0-8d8b-c68367cb79ee',
};

type Step =
  | { do: 'user writes' | 'agent writes' | 'prompt' | 'stop' | 'wait' | 'late report' | 'wait breaks' | 'calls'; who: Name }
  | { do: 'time'; ms: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom(
          'user writes',
          'user writes',
          'agent writes',
          'prompt',
          'stop',
          'stop',
          'wait',
          'wait',
          'late report',
          'wait breaks',
          'calls',
        ),
        who: fc.constantFrom(...names),
      }) as fc.Arbitrary<Step>,
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('time' as const), ms: fc.constantFrom(100, 4_000, 10_000, 40_000) }) },
  ),
  { minLength: 20, maxLength: 50 },
);

/** The connection of a hook that waits. */
class Held extends EventEmitter {
  destroyed = false;
  writableFinished = false;
}

interface WorldOptions {
  isOn?: boolean;
  /** What a hub before has left. */
  service?: TestService;
  missed?: readonly MissedTurn[];
}

class World {
  readonly service: TestService;
  readonly wakes: Wakes;
  readonly callers: Readonly<Record<Name, Caller>>;
  readonly tasks: Readonly<Record<Name, string>>;
  /** Ends the connection of each. */
  readonly leave: Readonly<Record<Name, () => void>>;
  readonly open = new Map<Held, Name>();
  readonly rings: { who: Name; at: number; sentence: string }[] = [];
  /** What the user has said to each that it has not been given. */
  readonly untold: Record<Name, number> = { 'claude-code': 0, 'codex-mcp-client': 0 };
  /** By what was said before the user wrote, when each has to be rung at the latest. */
  readonly promised = new Map<Name, number>();

  /** By thread, the process that has it open. */
  readonly held = new Map<string, number>();
  /** How often was looked at what a process has open, and which program may be started. */
  looks = 0;
  programReads = 0;

  constructor({ isOn = true, service, missed = [] }: WorldOptions = {}) {
    this.service = service ?? startTestService();
    const isNew = service === undefined;
    const { context, agents, workspaceId } = this.service;
    const caller = (name: Name): Caller => ({ agent: agents.heard(workspaceId, { name }), connectionId: `session:${name}` });
    this.callers = { 'claude-code': caller('claude-code'), 'codex-mcp-client': caller('codex-mcp-client') };
    this.wakes = createWakes({
      context,
      agents,
      streams: createSessionStreams({ clock: context.clock, onError: unexpected }),
      isOn,
      queue: async ({ threadId, message }) => {
        assert.equal(threadId, threads['codex-mcp-client']);
        this.rang('codex-mcp-client', message);
        return true;
      },
      queueProgram: () => {
        this.programReads += 1;
        return '/usr/bin/codex';
      },
      heldThreads: (pid) => {
        this.looks += 1;
        return [...this.held].flatMap(([threadId, holder]) => (holder === pid ? [threadId] : []));
      },
      missed,
      log: nullLog,
    });
    const task = (name: Name): string => {
      const { id } = createTask(context, { workspaceId, title: name, body: '', assignee: 'agent', createdBy: 'human' });
      replyAsAgent(context, this.callers[name], id, 'I begin.');
      return id;
    };
    this.tasks = { 'claude-code': task('claude-code'), 'codex-mcp-client': task('codex-mcp-client') };
    // Each has its connection open, and Codex says with a call whose it is.
    const open = (name: Name): (() => void) => this.service.agents.present(this.callers[name]);
    this.leave = { 'claude-code': open('claude-code'), 'codex-mcp-client': open('codex-mcp-client') };
    if (isNew)
      this.wakes.called(this.callers['codex-mcp-client'], { 'x-codex-turn-metadata': { session_id: threads['codex-mcp-client'] } });
  }

  get now(): number {
    return this.service.clock.now();
  }

  rang(who: Name, sentence: string): void {
    assert.ok(this.untold[who] > 0, `${who} was rung, and the user had said nothing`);
    assert.match(sentence, /^The user wrote in AgentRQ: call waitForReply( with taskId \w{11})?\.$/);
    const last = this.rings.findLast((ring) => ring.who === who);
    assert.ok(last === undefined || this.now - last.at >= ringEveryMs, `${who} was rung twice in ${this.now - (last?.at ?? 0)} ms`);
    this.rings.push({ who, at: this.now, sentence });
    this.promised.delete(who);
  }

  hook(who: Name): Caller {
    return { ...this.callers[who], connectionId: hookConnection(threads[who]) };
  }

  async play(step: Step): Promise<void> {
    if (step.do === 'time') {
      this.service.clock.advance(step.ms);
      return;
    }
    const { who } = step;
    const { context, agents, workspaceId } = this.service;
    const head = { name: step.do, sessionId: threads[who] };
    switch (step.do) {
      case 'user writes': {
        const said = agents.get(this.callers[who].agent.id)?.hears;
        this.untold[who] += 1;
        if (said === 'now' && !this.promised.has(who)) this.promised.set(who, this.now + ringEveryMs);
        replyAsUser(context, { workspaceId, taskId: this.tasks[who], text: 'Use tabs.' });
        break;
      }
      case 'agent writes': {
        const other = who === 'claude-code' ? 'codex-mcp-client' : 'claude-code';
        // It takes the task over by that, with what is said there; here it only writes into one of its own.
        const { id } = createTask(context, {
          workspaceId,
          title: 'x',
          body: 'y',
          assignee: 'agent',
          createdBy: 'agent',
          agentId: this.callers[other].agent.id,
        });
        replyAsAgent(context, this.callers[who], this.tasks[who], `Look at ${id}.`);
        break;
      }
      case 'prompt': {
        const event: HookEvent = { ...head, kind: 'prompt', byUser: true };
        this.wakes.heard(this.hook(who), event, undefined);
        // It will hear at the end of this turn.
        this.promised.delete(who);
        break;
      }
      case 'stop': {
        this.wakes.heard(this.hook(who), { ...head, kind: 'stop' }, undefined);
        const goesOn = this.untold[who] > 0;
        if (goesOn) this.tell(who, this.hook(who));
        this.wakes.stopped(this.hook(who), threads[who], goesOn);
        break;
      }
      case 'wait': {
        if (who !== 'claude-code') break;
        const held = new Held();
        this.open.set(held, who);
        const answer = this.wakes.hold(this.hook(who), { ...head, kind: 'stop' }, held as never);
        void answer.then((words) => this.answered(held, who, words));
        break;
      }
      case 'late report':
        // Of a turn that is over: nobody is less idle by it.
        if (who === 'claude-code' && this.open.size > 0) {
          const event: HookEvent = { ...head, kind: 'toolsDone', uses: [] };
          this.wakes.heard(this.hook(who), event, new Date(this.now).toISOString());
        }
        break;
      case 'wait breaks': {
        const [held] = [...this.open.keys()].slice(-1);
        if (held === undefined) break;
        this.open.delete(held);
        held.emit('close');
        this.promised.delete('claude-code');
        break;
      }
      case 'calls':
        proveDeliveries(context, this.callers[who]);
        this.tell(who, this.callers[who]);
        agents.heard(workspaceId, { name: who });
        break;
      default:
        assert.fail();
    }
  }

  /** It is given all that there is, and it arrives. */
  tell(who: Name, caller: Caller): void {
    const { context } = this.service;
    const { answers, messages } = unread(context, caller);
    const delivery = { caller, requestIds: answers.map(({ id }) => id), messageIds: messages.map(({ id }) => id) };
    markFlying(context, delivery);
    markSent(context, delivery);
    proveDeliveries(context, caller);
    this.untold[who] = 0;
    this.promised.delete(who);
  }

  answered(held: Held, who: Name, { wake }: WakeAnswer): void {
    if (!this.open.delete(held)) return;
    if (wake !== undefined) this.rang(who, wake);
    held.writableFinished = true;
    held.emit('close');
  }

  async settle(): Promise<void> {
    for (let count = 0; count < 4; count += 1) await turn();
    const waiting = [...this.open.values()].filter((who) => who === 'claude-code').length;
    assert.ok(waiting <= 1, `${waiting} waits are open`);
    for (const [who, until] of this.promised) assert.ok(this.now < until, `${who} was said to be woken, and was not`);
  }
}

async function played(all: readonly Step[], options: WorldOptions = {}): Promise<World> {
  const world = new World(options);
  for (const step of all) {
    await world.play(step);
    await world.settle();
  }
  return world;
}

describe('the law of waking', () => {
  it('rings for what the user says alone, no more than once in ten seconds, with one wait open, and never less than was said before', async () => {
    let rings = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        rings += (await played(all)).rings.length;
      }),
      { numRuns: runs(60) },
    );
    assert.ok(rings > 30, `only ${rings} rings`);
  });

  it('lets agents write to each other all day without waking one', async () => {
    const day = Array.from({ length: 300 }, (_, index): Step[] => [
      { do: 'agent writes', who: names[index % 2] ?? 'claude-code' },
      { do: 'stop', who: names[index % 2] ?? 'claude-code' },
      { do: 'wait', who: 'claude-code' },
      { do: 'time', ms: 40_000 },
    ]).flat();
    assert.deepEqual((await played(day)).rings, []);
  });

  it('rings as soon as ten seconds are over, also while it would look again much later', async () => {
    const who = 'codex-mcp-client';
    const world = await played([
      { do: 'stop', who },
      { do: 'user writes', who },
      { do: 'prompt', who },
      { do: 'calls', who },
      { do: 'stop', who },
      { do: 'time', ms: 4_000 },
      { do: 'user writes', who },
      { do: 'time', ms: 100 },
    ]);
    assert.equal(world.rings.length, 1);
    world.promised.clear();
    await world.play({ do: 'time', ms: 6_000 });
    await world.settle();
    assert.equal(world.rings.length, 2);
  });

  it('keeps one wait open after 50 turns, and rings that', async () => {
    const turns = Array.from({ length: 50 }, (): Step[] => [
      { do: 'prompt', who: 'claude-code' },
      { do: 'stop', who: 'claude-code' },
      { do: 'wait', who: 'claude-code' },
    ]).flat();
    const world = await played(turns);
    assert.equal(world.open.size, 1);
    await world.play({ do: 'user writes', who: 'claude-code' });
    await world.settle();
    assert.equal(world.rings.length, 1);
    assert.equal(world.open.size, 0);
  });

  it('rings one of two sessions that wait, and the other one only once that has begun nothing in half a minute', async () => {
    const world = new World();
    const who = 'claude-code';
    const rung: string[] = [];
    for (const sessionId of ['first', 'second']) {
      const held = new Held();
      const answer = world.wakes.hold(
        { ...world.callers[who], connectionId: hookConnection(sessionId) },
        { name: 'Stop', sessionId, kind: 'stop' },
        held as never,
      );
      void answer.then(({ wake }) => {
        if (wake !== undefined) rung.push(sessionId);
        held.writableFinished = true;
        held.emit('close');
      });
      world.service.clock.advance(1);
    }
    await world.play({ do: 'user writes', who });
    // It is told of these rings by nobody.
    world.promised.clear();
    await world.settle();
    world.service.clock.advance(20_000);
    await world.settle();
    assert.deepEqual(rung, ['second']);
    world.service.clock.advance(10_000);
    await world.settle();
    assert.deepEqual(rung, ['second', 'first']);
  });

  it('rings a session whose program was started anew for what the one before was given last, once it has connected', async () => {
    const who = 'claude-code';
    const world = await played([
      { do: 'stop', who },
      { do: 'user writes', who },
    ]);
    const { context, agents } = world.service;
    const caller = world.callers[who];
    const head = { name: 'PostToolUse', sessionId: threads[who] };
    world.wakes.called(caller, { 'claudecode/toolUseId': 'use1' });
    world.wakes.heard(world.hook(who), { ...head, kind: 'toolUsed', tool: 'x', input: {}, externalId: 'use1' } as HookEvent, undefined);
    // It is given it, and dies before it has called once more.
    const delivery = { caller, requestIds: [], messageIds: unread(context, caller).messages.map(({ id }) => id) };
    assert.equal(delivery.messageIds.length, 1);
    markFlying(context, delivery);
    markSent(context, delivery);
    world.leave[who]();
    const held = new Held();
    world.open.set(held, who);
    const started: HookEvent = { ...head, name: 'SessionStart', kind: 'other' };
    void world.wakes.hold(world.hook(who), started, held as never).then((words) => world.answered(held, who, words));
    agents.present({ ...caller, connectionId: 'session:anew' });
    await world.play({ do: 'time', ms: ringEveryMs });
    await world.settle();
    assert.equal(world.rings.length, 1);
  });

  it('tries a thread that was there a moment ago when another connection comes that is nobody’s, and none that has long been gone', async () => {
    const who = 'codex-mcp-client';
    for (const [awayMs, rings] of [
      [60_000, 1],
      [700_000, 0],
    ] as const) {
      const world = await played([{ do: 'stop', who }]);
      world.leave[who]();
      await world.play({ do: 'user writes', who });
      // No stream has told that it has gone.
      world.promised.clear();
      await world.settle();
      assert.deepEqual(world.rings, []);
      await world.play({ do: 'time', ms: awayMs });
      world.service.agents.present({ ...world.callers[who], connectionId: 'session:anew' });
      await world.play({ do: 'user writes', who });
      await world.settle();
      assert.equal(world.rings.length, rings, `away for ${awayMs} ms`);
      assert.equal(world.service.context.store.agents.get(world.callers[who].agent.id)?.hears, undefined);
    }
  });

  it('promises nothing of a hook whose program has ended its connection, tries it all the same, and promises again with the next', async () => {
    const who = 'claude-code';
    const world = await played([{ do: 'stop', who }]);
    const said = (): string | undefined => world.service.agents.get(world.callers[who].agent.id)?.hears;
    const head = { name: 'PostToolUse', sessionId: threads[who] };
    world.wakes.called(world.callers[who], { 'claudecode/toolUseId': 'use1' });
    world.wakes.heard(world.hook(who), { ...head, kind: 'toolUsed', tool: 'x', input: {}, externalId: 'use1' } as HookEvent, undefined);
    await world.play({ do: 'stop', who });
    await world.play({ do: 'wait', who });
    await world.settle();
    assert.equal(said(), 'now');
    world.leave[who]();
    await world.settle();
    assert.equal(said(), undefined);
    await world.play({ do: 'user writes', who });
    await world.settle();
    assert.equal(world.rings.length, 1);
    // It was started again, and has called nothing yet.
    const held = new Held();
    const started: HookEvent = { ...head, name: 'SessionStart', kind: 'other' };
    void world.wakes.hold(world.hook(who), started, held as never);
    await world.settle();
    assert.equal(said(), 'now');
    held.emit('close');
  });

  it('rings once more for a program that died with the ring, and comes back when nobody waits for a sign any more', async () => {
    const who = 'claude-code';
    const world = await played([
      { do: 'stop', who },
      { do: 'wait', who },
      { do: 'user writes', who },
    ]);
    assert.equal(world.rings.length, 1);
    await world.play({ do: 'time', ms: 40_000 });
    await world.settle();
    const held = new Held();
    world.open.set(held, who);
    const event: HookEvent = { name: 'SessionStart', sessionId: threads[who], kind: 'other' };
    void world.wakes.hold(world.hook(who), event, held as never).then((words) => world.answered(held, who, words));
    await world.settle();
    assert.equal(world.rings.length, 2);
  });

  it('promises nothing of a hook whose program gets ready, rings it all the same, and promises at the end of the turn', async () => {
    const who = 'claude-code';
    const world = await played([{ do: 'stop', who }]);
    const said = (): string | undefined => world.service.agents.get(world.callers[who].agent.id)?.hears;
    const held = new Held();
    world.open.set(held, who);
    const event: HookEvent = { name: gettingReady, sessionId: threads[who], kind: 'other' };
    void world.wakes.hold(world.hook(who), event, held as never).then((words) => world.answered(held, who, words));
    await world.settle();
    assert.equal(said(), undefined);
    await world.play({ do: 'user writes', who });
    await world.settle();
    assert.equal(world.rings.length, 1);
    for (const step of ['prompt', 'calls', 'stop', 'wait'] as const) await world.play({ do: step, who });
    await world.settle();
    assert.equal(said(), 'now');
  });

  it('promises to ring a thread of which nothing is open if a program that has connected anew has it open', async () => {
    const who = 'codex-mcp-client';
    const world = await played([{ do: 'stop', who }]);
    const said = (): string | undefined => world.service.agents.get(world.callers[who].agent.id)?.hears;
    assert.equal(said(), 'now');
    world.leave[who]();
    await world.settle();
    assert.equal(said(), undefined);
    const anew = (): (() => void) => world.service.agents.present({ ...world.callers[who], connectionId: 'session:anew' }, 4_711);
    anew()();
    await world.settle();
    assert.equal(said(), undefined);
    world.held.set(threads[who], 4_711);
    const leave = anew();
    await world.settle();
    assert.equal(said(), 'now');
    await world.play({ do: 'user writes', who });
    await world.settle();
    assert.equal(world.rings.length, 1);
    leave();
  });

  it('looks once at what a process has open, whatever follows from it, and at the program only for a thread that is there', async () => {
    const who = 'codex-mcp-client';
    const world = await played([{ do: 'stop', who }]);
    const other = '2d6a6cc3-b3ac-4fa0-8d8b-c68367cb79ee';
    world.wakes.stopped({ ...world.callers[who], connectionId: hookConnection(other) }, other, false);
    world.leave[who]();
    const leave = world.service.agents.present({ ...world.callers[who], connectionId: 'session:anew' }, 4_711);
    await world.settle();
    const look = (): { looks: number; programReads: number } => {
      const { looks, programReads } = world;
      world.wakes.stopped(world.hook(who), threads[who], false);
      return { looks: world.looks - looks, programReads: world.programReads - programReads };
    };
    // It may be either of the two that goes on, so both can be tried.
    assert.deepEqual(look(), { looks: 1, programReads: 2 });
    world.held.set(threads[who], 4_711);
    // For what is tried, and for what the user is told.
    assert.deepEqual(look(), { looks: 1, programReads: 2 });
    leave();
  });

  const missedTurns: [what: string, last: Step['do'], turn: MissedTurn['turn'] | undefined, said: string][] = [
    ['nothing was missed of an idle thread', 'stop', undefined, 'now'],
    ['nothing was missed of one that was busy', 'prompt', undefined, 'turnEnd'],
    ['the end of its turn was missed', 'prompt', 'ended', 'now'],
    ['the beginning of a turn was missed', 'stop', 'begun', 'turnEnd'],
  ];
  for (const [what, last, missedTurn, said] of missedTurns) {
    it(`promises after a restart what is so where ${what}`, async () => {
      const who = 'codex-mcp-client';
      const before = await played([{ do: 'stop', who }, { do: last, who } as Step]);
      const { service } = before;
      const { workspaceId } = service;
      const sessionId = threads[who];
      const missed = (at: number): MissedTurn[] => (missedTurn === undefined ? [] : [{ workspaceId, sessionId, turn: missedTurn, at }]);
      const restarted = async (options: WorldOptions): Promise<string | undefined> => {
        const world = new World({ service: service.restart(), ...options });
        await world.settle();
        return world.service.agents.get(world.callers[who].agent.id)?.hears;
      };
      const after = (at: number): Promise<string | undefined> => restarted({ missed: missed(at) });
      // What it has said since counts.
      assert.equal(await after(before.now - 1), last === 'stop' ? 'now' : 'turnEnd');
      assert.equal(await after(before.now + 1), said);
      // What was missed is noted for one hub alone, and known to all that follow.
      assert.equal(await restarted({}), said);
    });
  }

  it('rings nobody and promises nothing where the user has turned it off', async () => {
    const calm: Step[] = [
      { do: 'stop', who: 'codex-mcp-client' },
      { do: 'stop', who: 'claude-code' },
      { do: 'wait', who: 'claude-code' },
      { do: 'user writes', who: 'codex-mcp-client' },
      { do: 'user writes', who: 'claude-code' },
    ];
    assert.equal((await played(calm)).rings.length, 2);
    const off = await played(calm, { isOn: false });
    assert.deepEqual(off.rings, []);
    assert.deepEqual(
      off.service.agents.ofWorkspace(off.service.workspaceId).map(({ hears }) => hears),
      [undefined, undefined],
    );
  });
});
