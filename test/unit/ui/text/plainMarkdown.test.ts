import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstPlainLine, plainLine, withoutMarks } from '../../../../src/ui/text/plainMarkdown.ts';

describe('plainMarkdown', () => {
  const plain: readonly (readonly [markdown: string, text: string])[] = [
    [
      'Tax depends on the **country**. Should I read it from `cart.country`?',
      'Tax depends on the country. Should I read it from cart.country?',
    ],
    ['# Plan\n\nMove it.', 'Plan Move it.'],
    ['## Plan ##', 'Plan'],
    ['- one\n* two\n+ three', '• one • two • three'],
    ['- [ ] open\n- [x] done', '☐ open ☑ done'],
    ['1. one\n2. two', '1. one 2. two'],
    ['> said *so*', 'said so'],
    ['***both*** and ~~gone~~', 'both and gone'],
    ['**a *b* c**', 'a b c'],
    ['**use `x*y` now**', 'use x*y now'],
    ['(**bold**), "*quoted*".', '(bold), "quoted".'],
    ['_not really_ __so loud__', 'not really so loud'],
    ['see [the docs](https://a.b/c "Docs") and ![shot](x.png)', 'see the docs (https://a.b/c) and shot (x.png)'],
    ['[https://a.b](https://a.b)', 'https://a.b'],
    ['a\n---\nb\n***\nc\n===', 'a b c'],
    ['| a | b |\n|---|:-:|\n| 1 | 2 |', '| a | b | | 1 | 2 |'],
    ['run\n```sh\n# not a heading\nrm *.log *.tmp\n```\nnow', 'run # not a heading rm *.log *.tmp now'],
    ['``a`b`` and \\*c\\*', 'a`b and *c*'],
    ['`` `x` ``', '`x`'],
  ];
  for (const [markdown, text] of plain) it(`shows ${JSON.stringify(text)}`, () => assert.equal(plainLine(markdown), text));

  it('leaves alone what is no mark', () => {
    for (const text of [
      '__init__ of _private_ and a_b_c',
      'src/*.ts and lib/*.ts',
      '*.ts,*.js',
      '2 * 3 * 4 and 2*3*4',
      'C:\\new\\dir',
      '5 > 3 # 1',
      '~/x and ~/y',
      'x ** 2 ** 3',
      'why `not',
    ])
      assert.equal(plainLine(text), text);
  });

  it('takes the first line that says something', () => {
    assert.equal(firstPlainLine('\n---\n```ts\nconst a = 1;\n```'), 'const a = 1;');
    assert.equal(firstPlainLine('## **Plan**\n\ntext'), 'Plan');
    assert.equal(firstPlainLine('\n\n'), '');
  });

  it('leaves out nothing but marks, whatever is written', () => {
    const words = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '').replaceAll('x', '');
    const part = fc.constantFrom('a', 'B7', ' ', '*', '**', '_', '`', '~~', '[', '](', ')', '#', '# ', '> ', '- ', '\n', '\\', '.', '/');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        // What follows the opening of a code block is the name of a language.
        fc.pre(!/^ {0,3}(```|~~~)/m.test(text));
        assert.equal(words(withoutMarks(text)), words(text));
      }),
    );
  });
});
