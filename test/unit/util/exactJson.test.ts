import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exactText, markedDigits, markNumber, mayChangeNumbers, parseExact, unmark, writeExact } from '../../../src/util/exactJson.ts';
import { runs } from '../../support/generated.ts';

/** A number as JSON spells it, whether or not JSON.parse keeps it. */
const number = fc.oneof(
  fc.stringMatching(/^-?(0|[1-9]\d{0,30})$/),
  fc.stringMatching(/^-?(0|[1-9]\d{0,20})\.\d{1,20}$/),
  fc.stringMatching(/^-?(0|[1-9]\d{0,5})(\.\d{1,3})?[eE][-+]?\d{1,3}$/),
);
/** Texts that look like numbers, or like the JSON around them. */
const string = fc
  .oneof(fc.string({ unit: 'grapheme' }), number, fc.constantFrom('1.0,', '": 1e5', '\\', '\\"', '[-0]', ''))
  .map((text) => JSON.stringify(text));
/** JSON without spaces outside of strings. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    fc.oneof(number, string, fc.constantFrom('true', 'false', 'null')),
    fc.array(tie('json'), { maxLength: 4, depthIdentifier: 'json' }).map((items) => `[${items.join(',')}]`),
    fc
      .uniqueArray(fc.tuple(string, tie('json')), { maxLength: 4, depthIdentifier: 'json', selector: ([name]) => name })
      // JavaScript moves names that are whole numbers to the front.
      .map((members) => members.filter(([name]) => !/^"\d+"$/.test(name) && name !== '"__proto__"'))
      .map((members) => `{${members.map(([name, value]) => `${name}:${value}`).join(',')}}`),
  ),
}));

describe('JSON whose numbers are kept', () => {
  it('is written as it was read, number for number', () => {
    fc.assert(
      fc.property(json, (text) => {
        assert.equal(writeExact(parseExact(text)), text);
      }),
      { numRuns: runs(500) },
    );
  });

  it('is what JSON.parse reads where that changes no number', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const isKept = JSON.stringify(JSON.parse(text)) === JSON.stringify(JSON.parse(unmark(writeExact(parseExact(text)))));
        assert.ok(isKept, text);
        if (!mayChangeNumbers(text)) assert.deepEqual(parseExact(text), JSON.parse(text));
      }),
      { numRuns: runs(500) },
    );
  });

  it('marks a number that JSON.parse would change, and no other', () => {
    for (const digits of ['12345678901234567890', '-9007199254740993', '1.0', '1.50', '1e5', '1E400', '-0', '0.1e-7']) {
      assert.equal(markedDigits(parseExact(digits)), digits);
      assert.equal(markedDigits((parseExact(`{"id": ${digits}}`) as { id: unknown }).id), digits);
    }
    for (const digits of ['0', '5', '-7', '1.5', '9007199254740991', '1e+21']) assert.equal(parseExact(digits), Number(digits));
  });

  it('leaves strings alone, whatever they hold', () => {
    for (const text of ['12345678901234567890', '{"a":1.0}', '\\', '"', 'number 1', '\u2028-0']) {
      assert.equal(parseExact(JSON.stringify(text)), text);
      assert.equal(markedDigits(text), undefined);
      assert.equal(exactText(text), text);
    }
  });

  it('refuses what is no JSON, as JSON.parse does', () => {
    for (const text of ['', '01', '1.', '.5', '+1', '-', '1e', '[1.0', '{"a":1.0', '1.0 1.0', '0x10', '1_000.0', '--1.0']) {
      assert.throws(() => parseExact(text), SyntaxError, text);
    }
  });

  it('tells a marked number as its digits, also inside of something', () => {
    assert.equal(exactText(parseExact('1.0')), '1.0');
    assert.equal(exactText(parseExact('{"a":[1.0,"1.0"]}')), '{"a":[1.0,"1.0"]}');
    assert.equal(writeExact([markNumber('12345678901234567890')]), '[12345678901234567890]');
  });
});
