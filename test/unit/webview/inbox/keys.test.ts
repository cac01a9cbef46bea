import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { aloneMs, isPrintable, type KeyPress, type KeyState, noKeys, takeAlone, takeKey } from '../../../../src/webview/inbox/keys.ts';
import { runs } from '../../../support/generated.ts';

type Given = Pick<KeyPress, 'key' | 'at'> & Partial<KeyPress>;

/** What is decided by keys that are pressed at these times, if the page looks as soon as a key may have stood alone. */
function decided(presses: readonly Given[], targetAt: (at: number) => string | undefined = () => 'card:1'): string[] {
  let state: KeyState = noKeys;
  const keys: string[] = [];
  const look = (at: number): void => {
    const taken = takeAlone(state, at, targetAt(at));
    state = taken.state;
    if (taken.key !== undefined) keys.push(taken.key);
  };
  for (const [index, press] of presses.entries()) {
    ({ state } = takeKey(state, { modified: false, repeat: false, inBox: false, target: targetAt(press.at), ...press }));
    const next = presses[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    if (press.at + aloneMs < next) look(press.at + aloneMs);
  }
  return keys;
}

/** Keys that follow each other by these times. */
function inTime(keys: readonly { key: string; after: number }[]): Given[] {
  let at = 10_000;
  return keys.map(({ key, after }) => {
    at += after;
    return { key, at };
  });
}

const anyKey = fc.oneof(
  fc.constantFrom('1', '2', '9', 'a', 'd', 'r', 's', 'u', 'j', 'k'),
  fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }),
  fc.constantFrom('Enter', 'Backspace', 'Shift', 'ArrowDown', 'Tab'),
);

describe('keys in the inbox', () => {
  it('decide when they stand alone', () => {
    for (const key of '123456789adrsu') assert.deepEqual(decided([{ key, at: 1_000 }]), [key]);
    assert.deepEqual(
      decided(
        inTime([
          { key: '1', after: 0 },
          { key: 'a', after: 700 },
        ]),
      ),
      ['1', 'a'],
    );
  });

  it('decide nothing while somebody types without a pause', () => {
    const typing = fc.array(fc.record({ key: fc.oneof(anyKey, fc.constantFrom('a', 'd', '1')), after: fc.nat(aloneMs - 1) }), {
      minLength: 2,
    });
    fc.assert(
      fc.property(typing, (keys) => {
        const printable = keys.filter(({ key }) => isPrintable(key));
        // Of a single letter between keys that write nothing, nobody can say that it is typing.
        fc.pre(printable.length > 1 && printable.length === keys.length);
        assert.deepEqual(decided(inTime(keys)), []);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('decide only what was pressed with nothing typed 300 ms before and after it', () => {
    const keys = fc.array(fc.record({ key: anyKey, after: fc.nat(900) }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(keys, (given) => {
        const presses = inTime(given);
        const isTyped = ({ key }: Given): boolean => isPrintable(key);
        const alone = presses.filter(
          (press, index) =>
            isTyped(press) &&
            presses.every((other, place) => place === index || !isTyped(other) || Math.abs(other.at - press.at) >= aloneMs),
        );
        const allowed = alone.map(({ key }) => key);
        for (const key of decided(presses)) assert.ok(allowed.splice(allowed.indexOf(key), 1).length === 1, `${key} was not alone`);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('decide nothing on another card than the one they were pressed for, nor on one that has only just come', () => {
    const changes = fc.array(
      fc.record({ after: fc.nat(900), target: fc.option(fc.constantFrom('a:1', 'a:2', 'b:1'), { nil: undefined }) }),
      {
        minLength: 1,
      },
    );
    const keys = fc.array(fc.record({ key: fc.constantFrom('1', 'a', 'd'), after: fc.nat(900) }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(changes, keys, (given, pressed) => {
        let at = 10_000;
        const times = given.map(({ after, target }) => ({ at: (at += after), target }));
        const targetAt = (when: number): string | undefined => times.findLast((time) => time.at <= when)?.target;
        const presses = inTime(pressed);
        const kept = presses.filter((press) => {
          const target = targetAt(press.at);
          return target !== undefined && targetAt(press.at + aloneMs) === target;
        });
        assert.ok(decided(presses, targetAt).length <= kept.length);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('are words while a box has the keyboard, and chords are none of ours', () => {
    assert.deepEqual(decided([{ key: 'a', at: 1_000, inBox: true }]), []);
    assert.deepEqual(decided([{ key: 'a', at: 1_000, modified: true }]), []);
    assert.deepEqual(decided([{ key: 'a', at: 1_000, repeat: true }]), []);
    assert.deepEqual(
      decided([
        { key: 'a', at: 1_000 },
        { key: 'Escape', at: 1_100 },
      ]),
      [],
      'Escape takes it back',
    );
    assert.deepEqual(
      decided([
        { key: 'a', at: 1_000 },
        { key: 'z', at: 1_100, modified: true },
      ]),
      [],
    );
  });

  it('go on to other cards at once, and a button takes no Enter that ends typing', () => {
    const press = (state: KeyState, key: string, at: number) =>
      takeKey(state, { key, at, modified: false, repeat: true, inBox: false, target: undefined });
    assert.deepEqual(press(noKeys, 'j', 1_000).action, { kind: 'go', by: 1 });
    assert.deepEqual(press(noKeys, 'ArrowUp', 1_000).action, { kind: 'go', by: -1 });
    assert.deepEqual(press(noKeys, 'End', 1_000).action, { kind: 'end', last: true });
    assert.equal(press(noKeys, 'Enter', 1_000).action, undefined);
    const { state } = press(noKeys, 'x', 1_000);
    for (const key of ['Enter', ' ']) {
      assert.deepEqual(press(state, key, 1_100).action, { kind: 'swallow' });
      assert.equal(press(state, key, 1_400).action, undefined);
    }
  });
});
