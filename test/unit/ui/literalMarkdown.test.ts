import assert from 'node:assert/strict';
import fc from 'fast-check';
import { literalBlock, literalLine } from '../../../src/ui/literalMarkdown.ts';

describe('literalMarkdown', () => {
  it('leaves no image, link, HTML or code in a line', () => {
    assert.equal(literalLine('![x](http://evil.test) <img src=x> `c` &amp;'), '!\\[x\\](http://evil.test) \\<img src=x\\> \\`c\\` \\&amp;');
    assert.equal(literalLine('# a\n# b'), '# a # b');
  });

  it('fences a text so that the text cannot end the fence', () => {
    assert.equal(literalBlock('a\n~~~\n# b\n'), '~~~~text\na\n~~~\n# b\n~~~~');
    fc.assert(
      fc.property(fc.array(fc.constantFrom('~', '~~~', '~~~~~', '\n', 'a', '`'), { maxLength: 20 }), (parts) => {
        const [head = '', ...rest] = literalBlock(parts.join('')).split('\n');
        const fence = /^~+/.exec(head)?.[0] ?? '';
        assert.equal(
          rest.findIndex((line) => line.startsWith(fence)),
          rest.length - 1,
        );
      }),
    );
  });
});
