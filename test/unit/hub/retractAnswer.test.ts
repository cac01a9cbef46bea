import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { answerRequest } from '../../../src/hub/service/answers.ts';
import type { Caller } from '../../../src/hub/service/caller.ts';
import { type Delivery, type Inbox, markFlying, markLost, markSent, proveDeliveries, unread } from '../../../src/hub/service/deliveries.ts';
import { askQuestion } from '../../../src/hub/service/questions.ts';
import { retractAnswer } from '../../../src/hub/service/retractAnswer.ts';
import { type WaitTarget, waitForReplies } from '../../../src/hub/service/waiting.ts';
import { HubError } from '../../../src/protocol/hubErrors.ts';
import { runs } from '../../support/generated.ts';
import { startTestService, type TestService } from '../../support/testService.ts';

const vias = ['session:1', 'hook:1', 'agent'] as const;
type Via = (typeof vias)[number];

type Step =
  | { do: 'ask' | 'restart hub' | 'arrives' | 'breaks' }
  | { do: 'answer' | 'retract'; pick: number }
  /** A call that takes what there is. */
  | { do: 'call'; connectionId: Via }
  /** A call that waits for one request, or for anything. */
  | { do: 'wait'; connectionId: Via; pick: number }
  | { do: 'wait for anything'; connectionId: Via };

const pick = fc.nat({ max: 2 });
const connectionId = fc.constantFrom(...vias);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('ask', 'arrives', 'breaks', 'restart hub') }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('answer', 'retract'), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('call'), connectionId }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), connectionId, pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait for anything'), connectionId }) },
) as fc.Arbitrary<Step>;

class World {
  service: TestService = startTestService();
  readonly agent = this.service.agents.heard(this.service.workspaceId, { name: 'tester' });
  readonly asked: string[] = [];
  /** Each answer has words of its own. */
  readonly given = new Set<string>();
  readonly retracted = new Set<string>();
  readonly refused = new Set<string>();
  readonly #deliveries: Delivery[] = [];
  #answers = 0;

  play(step: Step): void {
    const { context, workspaceId } = this.service;
    const requestId = 'pick' in step ? this.asked[step.pick % Math.max(this.asked.length, 1)] : undefined;
    switch (step.do) {
      case 'ask':
        this.asked.push(askQuestion(context, this.#caller('agent'), { kind: 'question', question: `q${this.asked.length}` }).id);
        break;
      case 'answer':
        this.#answers += 1;
        if (requestId === undefined || context.store.requests.get(requestId)?.answer !== undefined) break;
        answerRequest(context, workspaceId, requestId, { text: `answer ${this.#answers}` });
        break;
      case 'retract':
        if (requestId !== undefined) this.#retract(requestId);
        break;
      case 'call':
        proveDeliveries(context, this.#caller(step.connectionId));
        this.#hand(step.connectionId, unread(context, this.#caller(step.connectionId)));
        break;
      case 'wait':
        if (requestId !== undefined) this.#wait(step.connectionId, { kind: 'request', requestId });
        break;
      case 'wait for anything':
        this.#wait(step.connectionId, { kind: 'anything' });
        break;
      case 'arrives':
      case 'breaks': {
        const delivery = this.#deliveries.shift();
        if (delivery !== undefined) (step.do === 'arrives' ? markSent : markLost)(context, delivery);
        break;
      }
      case 'restart hub':
        this.#deliveries.length = 0;
        this.service = this.service.restart();
        break;
    }
  }

  #caller(one: Via): Caller {
    return { agent: this.agent, connectionId: one };
  }

  #wait(one: Via, target: WaitTarget): void {
    const { service } = this;
    const options = { waitMs: 60_000, signal: new AbortController().signal, progressMs: 60_000, onProgress: () => {} };
    waitForReplies(service.context, this.#caller(one), target, options).then(
      (inbox) => {
        // A hub that died hands over nothing.
        if (service === this.service) this.#hand(one, inbox);
      },
      () => assert.fail('the request is there'),
    );
  }

  /** A result is written. */
  #hand(one: Via, { answers, messages }: Inbox): void {
    for (const { answer } of answers) if (answer?.text !== undefined) this.given.add(answer.text);
    const delivery = { caller: this.#caller(one), requestIds: answers.map(({ id }) => id), messageIds: messages.map(({ id }) => id) };
    markFlying(this.service.context, delivery);
    this.#deliveries.push(delivery);
  }

  #retract(requestId: string): void {
    const { context, workspaceId } = this.service;
    const text = context.store.requests.get(requestId)?.answer?.text;
    try {
      const { status, answer } = retractAnswer(context, workspaceId, requestId);
      assert.deepEqual([status, answer], ['open', undefined]);
      if (text !== undefined) this.retracted.add(text);
    } catch (error) {
      assert.ok(error instanceof HubError && error.code === 'answer_on_its_way', String(error));
      this.refused.add(text ?? '');
    }
  }
}

describe('an answer that the user takes back', () => {
  it('is never one that an agent was given, and is refused for no other', async () => {
    let [retracted, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 20, maxLength: 50 }),
        fc.array(fc.boolean(), { minLength: 50, maxLength: 50 }),
        async (steps, turns) => {
          const world = new World();
          for (let count = 0; count < 3; count += 1) world.play({ do: 'ask' });
          for (const [index, step] of steps.entries()) {
            world.play(step);
            // Other steps may come before those who waited get to run.
            if (turns[index] === true) await new Promise(setImmediate);
          }
          await new Promise(setImmediate);
          for (const text of world.retracted) assert.ok(!world.given.has(text), `${text} was both given and taken back`);
          if (!steps.some((step) => step.do === 'restart hub')) {
            for (const text of world.refused) assert.ok(world.given.has(text), `${text} could have been taken back`);
          }
          retracted += world.retracted.size;
          refused += world.refused.size;
        },
      ),
      { numRuns: runs(40) },
    );
    assert.ok(retracted > 8 && refused > 8, `${retracted} retracted, ${refused} refused`);
  });
});
