import assert from 'node:assert/strict';
import fc from 'fast-check';
import { highlight } from '../../../src/webview/card/highlight.ts';
import { splitHtml } from '../../../src/webview/card/splitHtml.ts';

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');

describe('HTML in lines', () => {
  it('has on each line the spans that go on over it, closed', () => {
    assert.deepEqual(splitHtml('<span class="a">x\n<span class="b">y</span>\nz</span> w'), [
      '<span class="a">x</span>',
      '<span class="a"><span class="b">y</span></span>',
      '<span class="a">z</span> w',
    ]);
  });

  it('has all of a command in it, whatever it is', () => {
    const piece = fc.constantFrom('echo ', '"', "'", '\n', '$(', ')', '<<EOF', 'EOF', '&', '<', '>', 'a', ' ', '`', '\\', '#');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const command = pieces.join('');
        const { html } = highlight(command, 'bash');
        assert.ok(html !== undefined);
        assert.deepEqual(splitHtml(html).map(textOf), command.split('\n'));
      }),
      { numRuns: 500 },
    );
  });
});
