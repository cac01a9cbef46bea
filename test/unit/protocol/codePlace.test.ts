import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePlace, splitPlaces } from '../../../src/protocol/codePlace.ts';

describe('a place in code', () => {
  const places: [string, ReturnType<typeof parsePlace>][] = [
    ['src/a.ts:12', { file: 'src/a.ts', line: 12 }],
    ['src/a.ts:12:3', { file: 'src/a.ts', line: 12, column: 3 }],
    ['./a-b/c_d.test.ts:1', { file: './a-b/c_d.test.ts', line: 1 }],
    ['/home/me/shop/a.py:7', { file: '/home/me/shop/a.py', line: 7 }],
    [String.raw`C:\shop\a.cs:4`, { file: String.raw`C:\shop\a.cs`, line: 4 }],
  ];
  for (const [text, expected] of places) it(`is ${text}`, () => assert.deepEqual(parsePlace(text), expected));

  for (const text of [
    'a.ts',
    'a.ts:0',
    'a.ts:x',
    '12:30',
    'https://host.example:80',
    'https://host.example/a.ts:80',
    'a.ts:1 ',
    ':1',
    'Makefile:3',
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(parsePlace(text), undefined));
  }

  it('is found in the middle of a text', () => {
    assert.deepEqual(
      splitPlaces('See (src/a.ts:12), or b.go:3:4.').map((piece) => ('place' in piece ? [piece.text] : piece.text)),
      ['See (', ['src/a.ts:12'], '), or ', ['b.go:3:4'], '.'],
    );
  });

  it('leaves the text whole, whatever it is', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '.', 't', 's', ':', '1', '0', '/', '\\', ' ', '\n', 'é') });
    fc.assert(
      fc.property(text, (any) => {
        assert.equal(
          splitPlaces(any)
            .map((piece) => piece.text)
            .join(''),
          any,
        );
      }),
    );
  });

  it('is not looked for in a line that nobody reads, so that it holds nothing up', () => {
    const long = 'a/'.repeat(500_000);
    assert.deepEqual(splitPlaces(long), [{ text: long }]);
  });
});
