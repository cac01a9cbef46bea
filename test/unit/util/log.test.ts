import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLogger } from '../../../src/util/log.ts';

describe('a log', () => {
  function written(message: string): string[] {
    const lines: string[] = [];
    const log = createLogger((level, line) => lines.push(`${level} ${line}`))
      .child('hub')
      .child('mcp');
    for (const level of ['trace', 'info', 'warn', 'error'] as const) log[level](message);
    return lines;
  }

  it('writes one line for each thing, and what would break it as an escape', () => {
    const [line] = written('a\nb\rc\u001b[2Jd\u202ee\u2028f\ud800g\u0000h');
    assert.equal(line, 'trace [hub/mcp] a\\nb\\u{d}c\\u{1b}[2Jd\\u{202e}e\\u{2028}f\\u{d800}g\\u{0}h');
  });

  it('leaves all other text as it is', () => {
    assert.equal(written('Grüße, 你好 👩 — “x”\\n')[3], 'error [hub/mcp] Grüße, 你好 👩 — “x”\\n');
  });

  it('never has a control character, nor more than it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), fc.integer({ min: 1, max: 100 }), (text, times) => {
        for (const line of written(text.repeat(times))) {
          assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
          assert.ok(line.isWellFormed());
        }
      }),
    );
    assert.match(written('x'.repeat(10_000))[0] ?? '', /^trace \[hub\/mcp\] x{4000}… \(6000 more characters\)$/);
  });
});
