import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { numberedLines } from '../../../../src/ui/text/numberedLines.ts';
import { visibleText } from '../../../../src/ui/text/visibleText.ts';

const blanks = (characters: number): string => `[${characters}]`;

describe('numberedLines', () => {
  it('numbers each line', () => {
    assert.equal(numberedLines('a\n\nb', blanks), '1 │ a\n2 │ \n3 │ b');
  });

  it('lets a long line go on below, without a number and without cutting a character', () => {
    const line = `${'x'.repeat(399)}😀${'y'.repeat(10)}`;
    assert.equal(numberedLines(line, blanks), `1 │ ${'x'.repeat(399)}😀\n  │ ${'y'.repeat(10)}`.replace('😀\n  │ ', '\n  │ 😀'));
  });

  it('lets nothing hide behind blanks', () => {
    assert.equal(numberedLines(`a${' '.repeat(60_000)}; rm -rf ~`, blanks).split('\n').length < 5, true);
    assert.match(numberedLines(`a${' '.repeat(60_000)}; rm -rf ~`, blanks), /\[59600\]\n {2}│ +; rm -rf ~$|\[\d+\]\n {2}│ *; rm -rf ~$/);
  });

  it('has all of the text in it, but for stretches of blanks, whose length it says', () => {
    const texts = fc.string({
      unit: fc.oneof(fc.constantFrom('\n', ' ', '\t', 'a', '\u202E', '😀', '│'), fc.string({ minLength: 1, maxLength: 1 })),
    });
    const long = fc
      .array(
        fc.oneof(
          texts,
          fc.nat({ max: 2_000 }).map((n) => ' '.repeat(n)),
          fc.nat({ max: 30 }).map((n) => '\n'.repeat(n)),
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(long, (text) => {
        const lines = numberedLines(text, blanks).split('\n');
        const without = (whole: string): string => whole.replace(/\s/g, '');
        const kept = lines.filter((line) => !/^ +⋯ \[\d+\]$/.test(line)).map((line) => line.replace(/^[ \d]+ │ /, ''));
        assert.equal(without(kept.join('')), without(visibleText(text)));
        assert.ok(lines.every((line) => line.length < 500));
      }),
    );
  });
});
