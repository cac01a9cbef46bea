import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findJsonLimitViolation } from '../../../src/util/jsonShape.ts';

describe('the shape of a JSON text', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

  it('is in order for every value that is neither deep nor rich, however it is written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 40 }), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        assert.equal(findJsonLimitViolation(JSON.stringify(value, undefined, indent)), depthOf(value) > 32 ? 'depth' : undefined);
      }),
    );
  });

  it('counts nothing that stands in a string, whatever is escaped in it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('"', '\\', '[', '{', ',', ']', '}', 'x', '\\"', '\u2028')), (parts) => {
        const text = parts.join('').repeat(3);
        assert.equal(findJsonLimitViolation(JSON.stringify({ [text]: text, list: [text, text] })), undefined);
      }),
    );
    assert.equal(findJsonLimitViolation(JSON.stringify('[{,'.repeat(100_000))), undefined);
    for (const start of ['\\', '"', '\\"', '\\\\"', '""'])
      assert.equal(findJsonLimitViolation(JSON.stringify([`${start}${'['.repeat(50)}`, '['])), undefined, start);
  });

  it('is too deep from 33 on, and too rich from 20,001 elements on', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    assert.deepEqual(
      [32, 33].map((depth) => findJsonLimitViolation(nested(depth))),
      [undefined, 'depth'],
    );
    const list = (count: number) => JSON.stringify(Array.from({ length: count }, () => 0));
    assert.deepEqual(
      [20_000, 20_001].map((count) => findJsonLimitViolation(list(count))),
      [undefined, 'elements'],
    );
    assert.equal(findJsonLimitViolation(`[${nested(3).repeat(8_000)}`), 'elements');
  });

  it('is nothing to fail at where the text is no JSON', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', '{', '}', ',', ':', '1') }),
        (text) => void findJsonLimitViolation(text),
      ),
    );
  });
});
