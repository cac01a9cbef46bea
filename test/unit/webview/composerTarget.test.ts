import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type Composer, type ComposerEvent, isLost, startComposer, stepComposer } from '../../../src/webview/panel/composerTarget.ts';
import { runs } from '../../support/generated.ts';

const fresh = startComposer({ empty: true, kept: undefined });
const after = (...events: ComposerEvent[]): Composer => events.reduce(stepComposer, fresh);
const asked = (at: number, ...open: string[]): ComposerEvent => ({ type: 'asked', open, due: open, at });
const wrote = (at: number, empty = false): ComposerEvent => ({ type: 'wrote', empty, at });

describe('where what the user writes goes', () => {
  it('is the only question that is open, and otherwise the thread', () => {
    assert.equal(after(asked(0)).target, 'message');
    assert.equal(after(asked(0, 'a')).target, 'a');
    assert.equal(after(asked(0, 'a', 'b')).target, 'message');
    assert.equal(after(asked(0, 'a'), asked(1, 'a', 'b'), asked(2, 'b')).target, 'b');
  });

  it('is no question that has expired, unless the user chooses it', () => {
    const expired = after({ type: 'asked', open: ['old', 'a'], due: ['a'], at: 0 });
    assert.equal(expired.target, 'a');
    const alone = stepComposer(expired, { type: 'asked', open: ['old'], due: [], at: 1 });
    assert.equal(alone.target, 'message');
    const chosen = stepComposer(alone, { type: 'chose', target: 'old' });
    assert.deepEqual([chosen.target, isLost(chosen)], ['old', false]);
  });

  it('stays a message when a question comes while it is written', () => {
    assert.equal(after(asked(0), wrote(1_000), asked(2_000, 'a'), wrote(3_000)).target, 'message');
  });

  it('is what stood there before if the first letter comes right after a change', () => {
    assert.equal(after(asked(0), asked(1_000, 'a'), wrote(1_399)).target, 'message');
    assert.equal(after(asked(0), asked(1_000, 'a'), wrote(1_400)).target, 'a');
    const late = after(asked(0, 'a'), wrote(1_000), asked(1_500), wrote(1_600));
    assert.deepEqual([late.target, isLost(late)], ['a', true], 'its question has gone, so it is sent nowhere');
  });

  it('follows the questions again once all of it is deleted or sent', () => {
    assert.equal(after(asked(0), wrote(1), asked(2, 'a'), wrote(3, true)).target, 'a');
    assert.equal(after(asked(0, 'a'), wrote(500), { type: 'sent', target: 'a', at: 600 }).target, 'message');
    const shownStill = after(asked(0, 'a'), wrote(500), { type: 'sent', target: 'a', at: 600 }, asked(700, 'a'));
    assert.equal(shownStill.target, 'message', 'that it is answered may not be on the page yet');
    assert.equal(stepComposer(stepComposer(shownStill, asked(800)), asked(900, 'a')).target, 'a', 'the answer was taken back');
  });

  it('is the thread after an answer was sent, also from a page that does not know the questions yet', () => {
    const kept = startComposer({ empty: false, kept: 'a' });
    const sent = stepComposer(kept, { type: 'sent', target: 'a', at: 100 });
    assert.equal(stepComposer(sent, wrote(200)).target, 'message');
    const known = after(asked(0, 'a'), wrote(500), { type: 'sent', target: 'a', at: 600 }, wrote(700));
    assert.deepEqual([known.target, isLost(known)], ['message', false]);
  });

  it('is what the user chooses, also before they write, until its question is gone', () => {
    const chosen = after(asked(0, 'a', 'b'), { type: 'chose', target: 'b' });
    assert.equal(stepComposer(chosen, asked(1, 'a', 'b', 'c')).target, 'b');
    assert.equal(stepComposer(chosen, asked(1, 'a')).target, 'a');
    const written = stepComposer(stepComposer(chosen, wrote(1)), asked(2, 'a'));
    assert.deepEqual([written.target, isLost(written)], ['b', true]);
    assert.deepEqual(isLost(stepComposer(written, { type: 'chose', target: 'a' })), false);
  });

  it('is kept over a reload with what was written', () => {
    const back = startComposer({ empty: false, kept: 'a' });
    assert.equal(isLost(back), false, 'nobody knows yet');
    assert.deepEqual([stepComposer(back, asked(0, 'a', 'b')).target, isLost(stepComposer(back, asked(0, 'b')))], ['a', true]);
    assert.equal(stepComposer(startComposer({ empty: false, kept: undefined }), asked(0, 'a')).target, 'message');
  });

  // Whatever happens, in whatever order: nothing that was written goes where the user has not meant it to go.
  const ids = fc.subarray(['a', 'b', 'c']);
  const happening = fc.record({
    pause: fc.constantFrom(0, 100, 399, 400, 1_000),
    what: fc.oneof(
      ids.map((open) => ({ type: 'asked' as const, open, due: open })),
      fc.boolean().map((empty) => ({ type: 'wrote' as const, empty })),
      fc.constantFrom('message', 'a', 'b', 'c').map((target) => ({ type: 'chose' as const, target })),
      fc.constant({ type: 'sent' as const }),
    ),
  });

  type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;
  function eventOf(what: Happening['what'], { target }: Composer, at: number): ComposerEvent {
    if (what.type === 'chose') return what;
    return what.type === 'sent' ? { type: 'sent', target, at } : { ...what, at };
  }

  it('changes while something is written only if the user chooses', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (history) => {
        let [composer, at] = [fresh, 0];
        for (const { pause, what } of history) {
          at += pause;
          const event = eventOf(what, composer, at);
          const next = stepComposer(composer, event);
          if (!composer.empty && !next.empty && event.type !== 'chose') assert.equal(next.target, composer.target);
          if (event.type === 'chose') assert.equal(next.target, event.target);
          composer = next;
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it('is never a question that was not over the box for 400 ms when the first letter came, unless the user chose it', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (history) => {
        let [composer, at] = [fresh, 0];
        /** Since when the box has said so. */
        let since = 0;
        for (const { pause, what } of history) {
          at += pause;
          const event = eventOf(what, composer, at);
          const next = stepComposer(composer, event);
          const begins = event.type === 'wrote' && !event.empty && composer.by === 'nobody';
          if (begins && next.target === composer.target && next.target !== 'message') assert.ok(at - since >= 400, JSON.stringify(history));
          if (next.target !== composer.target) since = at;
          composer = next;
        }
      }),
      { numRuns: runs(500) },
    );
  });
});
