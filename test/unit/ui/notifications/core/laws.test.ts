import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { notificationKinds, urgencyOf } from '../../../../../src/ui/notifications/core/event.ts';
import { timing, toastsAtMost } from '../../../../../src/ui/notifications/core/timing.ts';
import { runs } from '../../../../support/generated.ts';
import { event, type PlayedWindow, play } from './playWindows.ts';

// Two windows, one hub, and whatever a person and their agents do, in any order.

type Act =
  | { do: 'arrive'; of: number; to: 'both' | 0 | 1; late: boolean }
  | { do: 'resolve'; of: number }
  | { do: 'pass'; ms: number }
  | { do: 'close' | 'typed' | 'saved'; in: 0 | 1 }
  | { do: 'debugging' | 'focus'; in: 0 | 1; on: boolean; awayMs: number }
  | { do: 'reading'; in: 0 | 1; task: number | undefined }
  | { do: 'link'; in: 0 | 1; live: boolean }
  | { do: 'quiet'; ms: number }
  /** For this an agent begins to stand still, or no longer does. */
  | { do: 'standing'; of: number; on: boolean }
  | { do: 'hub'; fails: boolean; delayMs: number };

const window = fc.constantFrom<0 | 1>(0, 1);
const count = 24;
const events = Array.from({ length: count }, (_, index) => {
  const kind = notificationKinds[index % notificationKinds.length] ?? 'question';
  // One task for three messages; any other has one of its own.
  return event(`e${index}`, kind, {
    taskId: kind === 'message' || kind === 'finished' ? `t${index % 3}` : `t${index}`,
    workspaceId: ['own', 'second', 'nobody'][index % 3] ?? 'own',
  });
});
const permissions = events.flatMap(({ kind }, index) => (kind === 'permission' ? [index] : []));
const someEvent = fc.nat({ max: count - 1 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('arrive'), of: someEvent, to: fc.constantFrom('both', 0, 1), late: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('resolve'), of: someEvent }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.oneof(fc.nat({ max: 3_000 }), fc.nat({ max: 700_000 })) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('close', 'typed', 'saved'), in: window }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('debugging', 'focus'),
      in: window,
      on: fc.boolean(),
      awayMs: fc.constantFrom(0, timing.away),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('reading'), in: window, task: fc.option(fc.nat({ max: count - 1 }), { nil: undefined }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('link'), in: window, live: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('quiet'), ms: fc.nat({ max: 100_000 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('standing'), of: fc.constantFrom(...permissions), on: fc.constantFrom(true, true, false) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hub'), fails: fc.boolean(), delayMs: fc.nat({ max: 3_000 }) }) },
) as fc.Arbitrary<Act>;

/** Plays it all, looks at each moment, and hands out what came of it. */
function run(acts: readonly Act[], look: (windows: readonly PlayedWindow[], resolved: ReadonlySet<string>) => void = () => {}) {
  const game = play();
  const windows = [
    game.window('first', { own: ['own'], focused: true, command: true }),
    game.window('second', { own: ['second'], focused: false, command: true }),
  ] as const;
  const resolved = new Set<string>();
  const arrived = new Set<string>();
  const standing = new Set<string>();
  const perform = (one: Act): void => {
    switch (one.do) {
      case 'arrive': {
        const what = events[one.of];
        if (what === undefined || resolved.has(what.id)) return;
        arrived.add(what.id);
        // Every window hears of messages; which of them are merged is the same in each.
        for (const [index, each] of windows.entries())
          if (one.to === 'both' || one.to === index || what.source.kind !== 'request')
            each.send({ kind: 'arrived', event: what, late: one.late });
        return;
      }
      case 'resolve':
        resolved.add(`e${one.of}`);
        for (const each of windows) each.send({ kind: 'resolved', ids: [`e${one.of}`] });
        return;
      case 'pass':
        return game.pass(one.ms);
      case 'close':
        return windows[one.in].close();
      case 'debugging':
        return windows[one.in].send({ kind: 'debugging', on: one.on });
      case 'focus':
        return windows[one.in].send({ kind: 'focus', on: one.on, since: game.clock.now() - one.awayMs });
      case 'reading':
        return windows[one.in].send({ kind: 'reading', id: one.task === undefined ? undefined : events[one.task]?.taskId });
      case 'link':
        return windows[one.in].send({ kind: 'link', live: one.live });
      case 'quiet':
        for (const each of windows) each.send({ kind: 'quiet', until: game.clock.now() + one.ms });
        return;
      case 'standing':
        if (one.on) standing.add(`e${one.of}`);
        else standing.delete(`e${one.of}`);
        for (const each of windows) each.send({ kind: 'standing', ids: new Set(standing) });
        return;
      case 'hub':
        game.claims.fails = one.fails;
        game.claims.delayMs = one.delayMs;
        return;
      default:
        windows[one.in].send({ kind: one.do });
    }
  };
  for (const one of acts) {
    perform(one);
    look(windows, resolved);
  }
  return { game, windows, resolved, arrived };
}

const acts = fc.array(act, { maxLength: 80, size: 'max' });
const announced = (each: PlayedWindow) => each.toldAt.filter(({ what }) => !what.startsWith('run'));
/** Announced, alone or along with another, or in front of the user. */
const isTold = (each: PlayedWindow, id: string): boolean => each.seen.includes(id) || announced(each).some(({ ids }) => ids.includes(id));

describe('attention, whatever happens', () => {
  it('announces each event at most once, in one of two windows', () => {
    fc.assert(
      fc.property(acts, (some) => {
        const { windows } = run(some);
        const ids = windows.flatMap((each) => announced(each).flatMap((one) => one.what.split(' ').slice(1)));
        assert.equal(new Set(ids).size, ids.length, windows.map(({ told }) => told.join(', ')).join(' | '));
      }),
      { numRuns: runs(100) },
    );
  });

  it('has one toast open in a window; a second one comes beside it only if it could have come before, or an agent stands still', () => {
    fc.assert(
      fc.property(acts, (some) => {
        for (const each of run(some).windows) {
          const all = announced(each);
          for (const [index, { at, up, what, ids, pressing }] of all.entries()) {
            const older = all.filter((other) => other.at < at && up.includes(other.at));
            const readyAt = Math.min(...ids.flatMap((id) => each.grantedAt.get(id) ?? []));
            assert.ok(older.length < toastsAtMost);
            for (const other of older) assert.ok(pressing || readyAt <= other.at, `${what} beside ${other.what}`);
            assert.ok(index === 0 || at - (all[index - 1]?.at ?? 0) >= timing.betweenToasts);
          }
        }
      }),
      { numRuns: runs(100) },
    );
  });

  it('never announces what was resolved before', () => {
    fc.assert(
      fc.property(acts, (some) => {
        const known = new Map<string, number[]>();
        run(some, (windows, resolved) => {
          for (const id of resolved) {
            const told = windows.map((each) => each.told.filter((line) => line.split(' ').includes(id)).length);
            const before = known.get(id);
            if (before === undefined) known.set(id, told);
            else assert.deepEqual(told, before, `${id}: ${windows.map(({ told: lines }) => lines.join(', ')).join(' | ')}`);
          }
        });
      }),
      { numRuns: runs(100) },
    );
  });

  it('holds what is urgent no longer than two toasts, if the hub is there and the user wants to be disturbed', () => {
    const longest = timing.settle + timing.otherUnfocused + timing.claimAnswer + 2 * timing.warningToast + 2 * timing.betweenToasts + 100;
    fc.assert(
      fc.property(
        acts.map((some) => some.filter(({ do: what }) => !['link', 'quiet', 'hub'].includes(what))),
        (some) => {
          const { game, windows, resolved, arrived } = run(some);
          game.pass(longest);
          for (const what of events) {
            if (urgencyOf(what.kind) === 'low' || !arrived.has(what.id) || resolved.has(what.id)) continue;
            assert.ok(
              windows.some((each) => isTold(each, what.id)),
              `${what.id} is told: ${windows.map(({ told }) => told.join(', ')).join(' | ')}`,
            );
          }
        },
      ),
      { numRuns: runs(100) },
    );
  });

  it('announces or counts in the end whatever is still there', () => {
    fc.assert(
      fc.property(acts, (some) => {
        const { game, windows, resolved, arrived } = run(some);
        game.claims.fails = false;
        game.claims.delayMs = 0;
        for (const each of windows) {
          each.send({ kind: 'link', live: true });
          each.send({ kind: 'quiet', until: 0 });
        }
        // The user looks at each window once; closing nothing, and debugging for ever.
        for (const each of windows) {
          each.send({ kind: 'focus', on: true, since: game.clock.now() });
          game.pass(2 * timing.longestHold);
          each.send({ kind: 'focus', on: false, since: game.clock.now() });
        }
        for (const id of arrived) {
          if (resolved.has(id)) continue;
          assert.ok(
            windows.some((each) => isTold(each, id)),
            `${id} is told: ${windows.map(({ told }) => told.join(', ')).join(' | ')}`,
          );
        }
        for (const each of windows) assert.deepEqual([...each.state.items.keys()], []);
      }),
      { numRuns: runs(100) },
    );
  });

  it('announces nothing that is in front of the user in a window that they look at', () => {
    fc.assert(
      fc.property(acts, (some) => {
        const counted = [0, 0];
        run(some, (windows) => {
          for (const [index, each] of windows.entries()) {
            const { focused, reading } = each.state;
            const lines = announced(each).slice(counted[index]);
            counted[index] = announced(each).length;
            // What came with the last act, and nothing that time has brought since: the page may have been another one then.
            const now = lines.filter(({ at, what }) => at === each.toldAt.at(-1)?.at && !what.startsWith('back'));
            const shown = now.flatMap(({ ids }) => ids).map((id) => events.find((one) => one.id === id));
            if (focused && reading !== undefined)
              assert.ok(
                shown.every((one) => one?.taskId !== reading),
                each.told.join(', '),
              );
          }
        });
      }),
      { numRuns: runs(100) },
    );
  });

  it('does enough for these laws to say something', () => {
    assert.ok(fc.sample(acts, { numRuns: 300, seed: 1 }).flatMap((some) => run(some).windows.flatMap(({ seen }) => seen)).length > 20);
    const lines = fc.sample(acts, { numRuns: 300, seed: 1 }).flatMap((some) => run(some).windows.flatMap(({ told }) => told));
    for (const what of ['toast', 'digest', 'back', 'run'])
      assert.ok(lines.filter((line) => line.startsWith(what)).length > 20, `${what}: ${lines.length}`);
    const twos = fc.sample(acts, { numRuns: 300, seed: 1 }).flatMap((some) => run(some).windows.flatMap(({ toldAt }) => toldAt));
    assert.ok(twos.filter(({ up, pressing }) => up.length === toastsAtMost && pressing).length > 10, 'beside another one');
  });

  it('wakes by itself, and never in the past or without an end', () => {
    fc.assert(
      fc.property(acts, (some) => {
        const { game } = run(some);
        game.pass(3 * timing.longestHold);
        assert.ok(game.clock.pending <= 2 * count + 2);
      }),
      { numRuns: runs(100) },
    );
  });
});
