import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fence } from '../../../../src/ui/send/taskText.ts';

describe('fence', () => {
  it('marks the language', () => {
    assert.equal(fence('const a = 1;\n', 'typescript'), '```typescript\nconst a = 1;\n```');
  });

  it('leaves out a language that would be read as something else', () => {
    assert.equal(fence('a', 'x`\n# y'), '```\na\n```');
  });

  it('is longer than any run of backticks in the text, so that nothing in it ends the block', () => {
    const part = fc.constantFrom('`', '``', '```', '````````', '\n', 'a', ' ', '~~~');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const [opening = '', ...rest] = fence(text, '').split('\n');
        assert.match(opening, /^`{3,}$/);
        assert.equal(rest.at(-1), opening);
        for (const line of rest.slice(0, -1)) assert.ok(!line.includes(opening), JSON.stringify(text));
      }),
    );
  });
});
