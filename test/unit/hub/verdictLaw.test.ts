import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { runs } from '../../support/generated.ts';
import { type Asker, type Content, type Report, reports, VerdictRig, ways } from '../../support/verdictRig.ts';

// The law: no verdict reaches a call of which the user was shown anything else than what it asks for, and none more calls than they
// were told.

type Step =
  | { do: 'ask'; asker: Asker; content: Content }
  | { do: 'decide'; which: number; decision: 'allow' | 'deny'; note: boolean }
  | { do: 'hang up'; which: number }
  | { do: 'end'; which: number; whole: boolean }
  | { do: 'report'; report: Report; asker: Asker; content: Content }
  | { do: 'rule'; command: string }
  | { do: 'open stream' | 'close stream' | 'prove'; agent: 0 | 1; session: 0 | 1 };

const commands = ['npm install', 'npm test'];
const end = { agent: fc.constantFrom(0 as const, 1 as const), session: fc.constantFrom(0 as const, 1 as const) };
const asker: fc.Arbitrary<Asker> = fc.record({
  ...end,
  way: fc.constantFrom(...ways, 'hook' as const),
  id: fc.constantFrom(undefined, undefined, 'id1', 'id2'),
});
const content: fc.Arbitrary<Content> = fc.record({
  command: fc.constantFrom(...commands),
  why: fc.constantFrom(undefined, 'network-access https://registry.example.org', 'network-access https://evil.example'),
  cwd: fc.constantFrom('/shop', '/shop', '/shop/docs'),
  sandbox: fc.constantFrom(undefined, undefined, true),
  subagent: fc.constantFrom(undefined, undefined, 'sub1', 'sub2'),
});
const which = fc.nat(7);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: fc.record({ do: fc.constant('ask' as const), asker, content }) },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('decide' as const),
        which,
        decision: fc.constantFrom('allow' as const, 'deny' as const),
        note: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('hang up' as const), which }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('end' as const), which, whole: fc.constantFrom(true, true, false) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('report' as const), report: fc.constantFrom(...reports), asker, content }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('rule' as const), command: fc.constantFrom(...commands) }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constantFrom('open stream' as const, 'close stream' as const, 'prove' as const), ...end }),
    },
  ),
  { minLength: 8, maxLength: 40, size: 'max' },
);

async function play(rig: VerdictRig, step: Step): Promise<void> {
  const at = (state: 'waiting' | 'answered', index: number) => {
    const calls = rig.calls.filter((call) => call.state === state);
    return calls[index % Math.max(1, calls.length)];
  };
  switch (step.do) {
    case 'ask':
      return rig.ask(step.asker, step.content);
    case 'decide':
      rig.decide(step.which, step.decision, step.note);
      return rig.settle();
    case 'hang up':
      at('waiting', step.which)?.hangUp();
      return rig.settle();
    case 'end': {
      const call = at('answered', step.which);
      if (call !== undefined) rig.end(call, step.whole);
      return rig.settle();
    }
    case 'report':
      return rig.report(step.report, step.asker, step.content);
    case 'rule':
      return rig.toggleRule(step.command);
    case 'open stream':
      rig.openStream(step.agent, step.session);
      return rig.settle();
    case 'close stream':
      return rig.closeStream(step.agent, step.session);
    case 'prove':
      rig.prove(step.agent, step.session);
      return rig.settle();
  }
}

describe('a verdict', () => {
  it('reaches no call but those of which the user was shown everything, and no more of them than they were told', async () => {
    let reached = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('codex' as const, 'copilot' as const, 'cursor' as const), steps, async (second, history) => {
        const rig = new VerdictRig(second);
        for (const step of history) {
          await play(rig, step);
          assert.deepEqual(rig.wrong, []);
          assert.deepEqual(rig.forgotten(), [], 'what waits is on the board');
        }
        reached += rig.reached;
        rig.dispose();
      }),
      { numRuns: runs(130) },
    );
    assert.ok(reached > runs(130), `only ${reached} verdicts reached anybody`);
  });
});
