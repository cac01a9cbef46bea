import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeBlock, escapeLine } from '../../../../src/ui/text/escapeMarkdown.ts';

describe('literalMarkdown', () => {
  it('leaves no image, link, HTML or code in a line', () => {
    assert.equal(escapeLine('![x](http://evil.test) <img src=x> `c` &amp;'), '!\\[x\\](http://evil.test) \\<img src=x\\> \\`c\\` \\&amp;');
    assert.equal(escapeLine('# a\n# b'), '# a # b');
    assert.equal(escapeLine('**a** _b_ ~~c~~ snake_case'), '\\*\\*a\\*\\* \\_b\\_ \\~\\~c\\~\\~ snake_case');
  });

  it('indents every line of a text, so that none can begin anything', () => {
    assert.equal(escapeBlock('a\n~~~\n\n# b\n'), '    a\n    ~~~\n\n    # b');
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('~~~', '```', '# ', '- ', '\n', '\r', '\t', '\u2028', 'a', '<b>'), { maxLength: 20 }),
        (parts) => {
          for (const line of escapeBlock(parts.join('')).split(/\r\n|[\n\r\u2028\u2029]/)) assert.match(line, /^(?: {4}.*)?$/);
        },
      ),
    );
  });
});
