import assert from 'node:assert/strict';
import fc from 'fast-check';
import { anchor } from '../../../../src/ui/code/anchor.ts';

const file = ['import a;', '', 'function f() {', '  return a;', '}', '', 'function g() {', '  return a;', '}'];

describe('an anchor in the code', () => {
  it('stays at its line when its snippet stands there', () => {
    assert.deepEqual(anchor(file, { line: 8, snippet: '  return a;' }), { line: 8, found: true });
  });

  it('goes to the nearest place of its snippet, whatever its indent is now', () => {
    assert.deepEqual(anchor(file, { line: 6, snippet: 'return a;' }), { line: 4, found: true });
    assert.deepEqual(anchor(file, { line: 7, snippet: '\treturn a;\r\n}' }), { line: 8, found: true });
    assert.deepEqual(anchor(file, { line: 900, snippet: 'function f() {\n  return a;' }), { line: 3, found: true });
  });

  it('keeps its line, and says so, when the snippet is nowhere', () => {
    assert.deepEqual(anchor(file, { line: 4, snippet: 'return b;' }), { line: 4, found: false });
    assert.deepEqual(anchor(file, { line: 40, snippet: 'return b;' }), { line: 9, found: false });
    assert.deepEqual(anchor([''], { line: 3, snippet: 'x' }), { line: 1, found: false });
  });

  it('takes the line as it is without a snippet, as long as there is one', () => {
    assert.deepEqual(anchor(file, { line: 4 }), { line: 4, found: true });
    assert.deepEqual(anchor(file, { line: 4, snippet: ' \n' }), { line: 4, found: true });
    assert.deepEqual(anchor(file, { line: 40 }), { line: 9, found: false });
  });

  it('counts empty lines at the head of a snippet', () => {
    assert.deepEqual(anchor(file, { line: 2, snippet: '\nfunction f() {' }), { line: 2, found: true });
    assert.deepEqual(anchor(['', 'x', '', 'function f() {'], { line: 2, snippet: '\nfunction f() {' }), { line: 3, found: true });
  });

  // Lines that are all different, so that there is one right answer.
  const lines = fc.uniqueArray(fc.stringMatching(/^[a-z]{2,8}$/), { minLength: 1, maxLength: 30 });
  const elsewhere = fc.array(fc.stringMatching(/^[0-9 ]{0,6}$/), { maxLength: 8 });

  it('stays on its snippet when lines are added and taken away elsewhere', () => {
    fc.assert(
      fc.property(
        lines,
        fc.nat(),
        fc.integer({ min: 1, max: 4 }),
        elsewhere,
        elsewhere,
        fc.nat(),
        fc.nat(),
        (all, at, length, above, below, cutAbove, cutBelow) => {
          const first = at % all.length;
          const snippet = all.slice(first, first + length);
          const before = all.slice(cutAbove % (first + 1), first);
          const after = all.slice(first + snippet.length);
          const now = [...above, ...before, ...snippet, ...after.slice(0, cutBelow % (after.length + 1)), ...below];
          const result = anchor(now, { line: first + 1, snippet: snippet.join('\n') });
          assert.deepEqual(result, { line: above.length + before.length + 1, found: true });
        },
      ),
    );
  });

  it('does not mind another indent or other line ends', () => {
    fc.assert(
      fc.property(lines, fc.nat(), fc.constantFrom('', '  ', '\t\t'), fc.constantFrom('\n', '\r\n', '\r'), (all, at, indent, end) => {
        const first = at % all.length;
        const now = all.map((line) => `${indent}${line} `);
        assert.deepEqual(anchor(now, { line: first + 1, snippet: all.slice(first).join(end) }), { line: first + 1, found: true });
      }),
    );
  });

  it('is always a line of the file', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1 }),
        fc.integer({ min: 1, max: 100 }),
        fc.option(fc.string(), { nil: undefined }),
        (all, line, snippet) => {
          const result = anchor(all, { line, snippet });
          assert.ok(result.line >= 1 && result.line <= all.length);
        },
      ),
    );
  });
});
