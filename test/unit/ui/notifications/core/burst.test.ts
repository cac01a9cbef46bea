import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { timing, toastsAtMost } from '../../../../../src/ui/notifications/core/timing.ts';
import { runs } from '../../../../support/generated.ts';
import { event, everything, play } from './playWindows.ts';

// Seven requests and twelve messages of five agents within four seconds, at any times. Nobody presses anything; some requests are settled
// elsewhere, and some permissions have an agent that stands still.

const kinds = ['question', 'question', 'question', 'permission', 'permission', 'permission', 'review'] as const;
const time = fc.nat({ max: 4_000 });
const burst = fc.record({
  requests: fc.tuple(
    ...kinds.map(() => fc.record({ at: time, settledAfter: fc.option(fc.nat({ max: 20_000 }), { nil: undefined, freq: 3 }) })),
  ),
  standing: fc.subarray(['r3', 'r4', 'r5']),
  messages: fc.array(time, { minLength: 12, maxLength: 12 }),
  claimMs: fc.nat({ max: 300 }),
});

describe('a burst', () => {
  it('is announced within 15 s, each request in a toast or a digest, none twice and none that is no longer open', () => {
    fc.assert(
      fc.property(burst, ({ requests, standing, messages, claimMs }) => {
        const game = play();
        game.claims.delayMs = claimMs;
        const window = game.window('own', { policy: { ...everything, kinds: {} } });
        window.send({ kind: 'standing', ids: new Set(standing) });
        const start = game.clock.now();
        const settledAt = new Map<string, number>();
        for (const [index, { at, settledAfter }] of requests.entries()) {
          const id = `r${index}`;
          game.clock.after(at, () => window.arrive(event(id, kinds[index] ?? 'question', { agentId: `agent ${index % 5}` })));
          if (settledAfter === undefined) continue;
          settledAt.set(id, at + settledAfter);
          game.clock.after(at + settledAfter, () => window.send({ kind: 'resolved', ids: [id] }));
        }
        for (const [index, at] of messages.entries())
          game.clock.after(at, () =>
            window.arrive(event(`m${index}`, 'message', { agentId: `agent ${index % 5}`, taskId: `t${index % 3}` })),
          );
        game.pass(60_000);
        assert.ok(game.clock.now() >= start + 60_000);

        const told = window.toldAt.flatMap(({ at, ids }) => ids.map((id) => ({ id, at })));
        assert.equal(new Set(told.map(({ id }) => id)).size, told.length, 'none twice');
        for (const { id, at } of told) assert.ok(at <= (settledAt.get(id) ?? Infinity), `${id} is told while it is open`);
        for (const [index, { at }] of requests.entries()) {
          const end = settledAt.get(`r${index}`) ?? Infinity;
          const when = told.find(({ id }) => id === `r${index}`)?.at;
          if (end > at + 15_000)
            assert.ok(when !== undefined && when <= at + 15_000, `r${index} of ${at} is told at ${when}: ${window.told.join(', ')}`);
        }
        assert.ok(
          told.every(({ id }) => !id.startsWith('m')),
          'messages are no news',
        );
        // What is settled is no longer in the way of others, though the editor can't take it back.
        const isOpen = (id: string, now: number): boolean => (settledAt.get(id) ?? Infinity) > now;
        const isUp = ({ at, what, ids }: (typeof window.toldAt)[number], now: number): boolean => {
          const isWarning = what.startsWith('toast') && kinds[Number(ids[0]?.slice(1))] === 'permission';
          const until = at + (isWarning ? timing.warningToast : timing.infoToast);
          return at <= now && now < until && ids.some((id) => isOpen(id, now));
        };
        for (const { at } of window.toldAt) {
          const up = window.toldAt.filter((toast) => isUp(toast, at)).map(({ what }) => what);
          assert.ok(up.length <= toastsAtMost, `at ${at} are up: ${up.join(', ')}`);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('of one question is announced within 600 ms', () => {
    const game = play();
    game.claims.delayMs = 50;
    const window = game.window();
    window.arrive(event('q', 'question'));
    game.pass(600);
    assert.deepEqual(window.told, ['toast q']);
  });
});
