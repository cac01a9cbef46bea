import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isSameInput } from '../../../src/hub/service/sameInput.ts';

/** The same value, with the members of all objects the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]): [string, unknown] => [name, turned(member)])
      .toReversed(),
  );
}

describe('the input in a report', () => {
  it('is the same in any order of its members, at any depth', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => isSameInput(JSON.stringify(value), JSON.stringify(turned(value)))));
    assert.ok(isSameInput('{"__proto__":{"a":1,"b":2},"c":3}', '{"c":3,"__proto__":{"b":2,"a":1}}'));
  });

  it('is another one with any other value, name or order of a list', () => {
    for (const [left, right] of [
      ['{"a":1}', '{"a":"1"}'],
      ['{"a":1}', '{"a":1,"b":null}'],
      ['{"a":[1,2]}', '{"a":[2,1]}'],
      ['{"__proto__":{"a":1}}', '{}'],
      ['{"a":{"b":1}}', '{"a":{"b":2}}'],
      ['ls -la', 'ls  -la'],
      ['{"a":1', '{"a":1}'],
    ] as const) {
      assert.ok(!isSameInput(left, right), `${left} ≠ ${right}`);
    }
  });
});
