import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePlace, splitPlaces } from '../../../src/protocol/codePlace.ts';
import { cpuMsOf } from '../../support/cpuTime.ts';

describe('a place in code', () => {
  const places: [string, ReturnType<typeof parsePlace>][] = [
    ['src/a.ts:12', { file: 'src/a.ts', line: 12 }],
    ['src/a.ts:12:3', { file: 'src/a.ts', line: 12, column: 3 }],
    ['./a-b/c_d.test.ts:1', { file: './a-b/c_d.test.ts', line: 1 }],
    ['/home/me/shop/a.py:7', { file: '/home/me/shop/a.py', line: 7 }],
    [String.raw`C:\shop\a.cs:4`, { file: String.raw`C:\shop\a.cs`, line: 4 }],
    [String.raw`C:\Program Files\shop\a.cs:4`, { file: String.raw`C:\Program Files\shop\a.cs`, line: 4 }],
    ['src/[id]/page.tsx:4', { file: 'src/[id]/page.tsx', line: 4 }],
    ['src/[[...slug]]/page.tsx:4', { file: 'src/[[...slug]]/page.tsx', line: 4 }],
    ['src/(group)/page.tsx:4', { file: 'src/(group)/page.tsx', line: 4 }],
    ['src/{a}/b+c/$d.ts:4', { file: 'src/{a}/b+c/$d.ts', line: 4 }],
    ['src/日本.ts:5', { file: 'src/日本.ts', line: 5 }],
    ['данные/é.py:5', { file: 'данные/é.py', line: 5 }],
    ['𠮷/🎉.ts:1', { file: '𠮷/🎉.ts', line: 1 }],
    ['src/my file.ts:3', { file: 'src/my file.ts', line: 3 }],
    ['/Users/me/My Big Project/src/a.ts:3', { file: '/Users/me/My Big Project/src/a.ts', line: 3 }],
    ['~/x.ts:1', { file: '~/x.ts', line: 1 }],
    ['@scope/package/a.ts:1', { file: '@scope/package/a.ts', line: 1 }],
    ['a.ts(12,5)', { file: 'a.ts', line: 12, column: 5 }],
    ['src/App.vue(12)', { file: 'src/App.vue', line: 12 }],
    ['a.ts#L12', { file: 'a.ts', line: 12 }],
    ['a.ts#L12-L20', { file: 'a.ts', line: 12 }],
    ['a.ts#L12C5', { file: 'a.ts', line: 12, column: 5 }],
    ['a.ts:12-20', { file: 'a.ts', line: 12 }],
    ['conf/.env:3', { file: 'conf/.env', line: 3 }],
    ['github.com/gin/gin.go:12', { file: 'github.com/gin/gin.go', line: 12 }],
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
    'foo.com:443',
    'api.eu.example.org:8080',
    'localhost:3000',
    'db.internal:5432',
    '192.168.0.1:80',
    'git@host.example:22',
    'file:///src/a.ts:3',
    'Math.max(1,2)',
    'list.push(3)',
    'a.ts:12:5: error',
    '[a.ts:1]',
    'x/..:3',
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(parsePlace(text), undefined));
  }

  it('is found in the middle of a text', () => {
    assert.deepEqual(
      splitPlaces('See (src/a.ts:12), or b.go:3:4.').map((piece) => ('place' in piece ? [piece.text] : piece.text)),
      ['See (', ['src/a.ts:12'], '), or ', ['b.go:3:4'], '.'],
    );
  });

  const inside: readonly [string, string[]][] = [
    ['src/a.ts:12:5: error: no such name', ['src/a.ts:12:5']],
    ['src/a.ts(12,5): error TS2304', ['src/a.ts(12,5)']],
    ['(src/(group)/page.tsx:4)', ['src/(group)/page.tsx:4']],
    ['see [src/[id]/a.ts:1] there', ['src/[id]/a.ts:1']],
    ['    at run (src/a.ts:1:2)', ['src/a.ts:1:2']],
    ['src/a.ts:12:const total = 1', ['src/a.ts:12']],
    ['src/a.ts:1 b.ts:2', ['src/a.ts:1', 'b.ts:2']],
    ['in src/ui and a.ts:3', ['a.ts:3']],
    ['node src/a.ts:3', ['src/a.ts:3']],
    ['run src/a.ts and src/b.ts:3', ['src/b.ts:3']],
    ['"src/a b.ts:4"', ['src/a b.ts:4']],
    ['see C:\\Program Files\\a.cs:4 now', ['C:\\Program Files\\a.cs:4']],
    ['https://host.example/a b.ts:3', ['b.ts:3']],
    ['https://host.example/src/a.ts:80', []],
    ['http://localhost:3000/src/a.ts:80', []],
  ];
  for (const [text, found] of inside) {
    it(`is found whole in ${JSON.stringify(text)}`, () =>
      assert.deepEqual(
        splitPlaces(text).flatMap((piece) => ('place' in piece ? [piece.text] : [])),
        found,
      ));
  }

  it('is the same place when it stands alone', () => {
    const parts = ['a', 'src/', '.ts', ':1', ':2', '(3)', '#L4', ' ', '[', ']', '(', ')', '~/', 'C:\\', '日', '.com', '"', '//'];
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...parts), maxLength: 20 }), (text) => {
        for (const piece of splitPlaces(text)) if ('place' in piece) assert.deepEqual(parsePlace(piece.text), piece.place, piece.text);
      }),
    );
  });

  it('is found in a moment in the longest line that is looked through', async () => {
    for (const unit of ['(', 'a/', 'a ', 'a(1)', 'é(1)', ':1', 'a.ts:1', 'a.ts(1)', '[a]', 'a/ ', '.com:1', '#L1']) {
      const text = unit.repeat(Math.floor(10_000 / unit.length));
      assert.ok((await cpuMsOf(() => splitPlaces(text))) < 500, unit);
    }
  });

  it('leaves the text whole, whatever it is', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '.', 't', 's', ':', '1', '0', '/', '\\', ' ', '\n', 'é', '(', ')', '[', ']', '🎉'),
    });
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
