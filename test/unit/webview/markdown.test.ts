import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createMarkdown, longText } from '../../../src/webview/card/markdown.ts';
import { cpuMsOf } from '../../support/cpuTime.ts';
import { runs } from '../../support/generated.ts';

const words = {
  code: 'Code',
  copy: 'Copy',
  openDiff: 'Open',
  openLink: 'Open: {0}',
  openPlace: 'Go: {0}',
  image: 'Image: {0}',
  whole: 'As it is.',
};
const render = createMarkdown(words);

/** Every element in it, with its attributes. */
function elementsOf(html: string): { name: string; attributes: string[] }[] {
  return [...html.matchAll(/<([a-z][\w-]*)((?:\s[^<>]*)?)>/gi)].map(([, name = '', rest = '']) => ({
    name,
    attributes: [...rest.matchAll(/([\w-]+)=/g)].map(([, each = '']) => each),
  }));
}

const allowedElements = new Set(
  'a p br em strong s code pre ul ol li blockquote hr div span button table thead tbody tr th td label input'.split(' '),
);
const allowedAttributes = new Set(['class', 'role', 'tabindex', 'title', 'start', 'type', 'style', 'data-href', 'data-place']);

function assertHarmless(html: string): void {
  // What stands in an attribute's value is no element.
  for (const { name, attributes } of elementsOf(html.replace(/"[^"]*"/g, '""'))) {
    assert.ok(allowedElements.has(name), `<${name}> in ${html}`);
    for (const each of attributes) assert.ok(allowedAttributes.has(each), `${each} in ${html}`);
  }
  for (const [, address = ''] of html.matchAll(/data-href="([^"]*)"/g)) assert.match(address, /^https?:\/\//i);
}

describe('Markdown of agents', () => {
  it('is formatted', () => {
    const html = render('# Done\n\n**bold** *soft* `code`\n\n- one\n  - two\n\n1. three\n\n> said\n\n| a |\n|---|\n| 1 |');
    for (const piece of [
      '<p class="heading h1">Done</p>',
      '<strong>bold</strong>',
      '<em>soft</em>',
      '<code>code</code>',
      '<li>two',
      '<ol>',
      '<blockquote>',
      '<td>1</td>',
    ])
      assert.ok(html.includes(piece), `${piece} is missing in ${html}`);
    assertHarmless(html);
  });

  it('has boxes for tasks, which say whether they are done, are called after them, and take nothing', () => {
    const html = render('- [x] read **it**\n- [ ] write\n- [X]\n- [y] no\n1. [ ] third\n\n[x] alone\n\n- [ ] loose\n\n  more');
    for (const piece of [
      '<li class="task"><label><input type="checkbox" disabled checked> read <strong>it</strong></label></li>',
      '<label><input type="checkbox" disabled> write</label>',
      '<li>[X]</li>',
      '<li>[y] no</li>',
      '<label><input type="checkbox" disabled> third</label>',
      '<p>[x] alone</p>',
      '<p><label><input type="checkbox" disabled> loose</label></p>',
    ])
      assert.ok(html.includes(piece), `${piece} is missing in ${html}`);
    assertHarmless(html);
  });

  it('breaks lines where the writer did', () => assert.match(render('one\ntwo'), /one<br>\s*two/));

  it('shows HTML as text', () => {
    for (const text of [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<svg/onload=alert(1)>',
      '<style>*{}</style>',
      '<iframe src="https://x.example"></iframe>',
      '<a href="javascript:alert(1)">x</a>',
      '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
      '<!-- hidden -->',
    ]) {
      const html = render(text);
      assertHarmless(html);
      assert.ok(html.includes('&lt;'), html);
    }
  });

  it('makes a link of http and https alone, which leads nowhere by itself', () => {
    assert.match(
      render('[docs](https://x.example/a?b=1&c=2)'),
      /<a class="link" role="link" tabindex="0" data-href="https:\/\/x\.example\/a\?b=1&amp;c=2" title="Open: /,
    );
    assert.match(render('see https://x.example/a.'), /data-href="https:\/\/x\.example\/a"/);
    for (const address of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'command:workbench.action.quit',
      'vscode://x.y/z',
      'data:text/html,x',
      'file:///etc/passwd',
      'mailto:a@b.example',
      '//x.example/a',
      'ftp://x.example',
      'https:/x',
    ]) {
      const html = render(`[run](${address}) ${address} <${address}>`);
      assert.doesNotMatch(html, /data-href/, html);
      assert.ok(html.includes('[run]('), html);
    }
  });

  it('doesn’t load an image, and says which it would be', () => {
    assert.match(render('![a cat](https://x.example/cat.png)'), /data-href="https:\/\/x\.example\/cat\.png"[^>]*>Image: a cat<\/a>/);
    assert.match(render('![x](data:image/png;base64,AAAA)'), /^<p>!\[x\]\(data:image/);
    assert.doesNotMatch(render('[![x](https://x.example/b.png)](https://x.example)'), /<img|<a[^>]*><a/);
  });

  it('makes the whole path of a place something to press, or nothing of it', () => {
    const places = (text: string) => [...render(text).matchAll(/data-place="([^"]*)"/g)].map(([, place]) => place);
    assert.deepEqual(places('in src/[id]/page.tsx:4 and src/(group)/page.tsx:4'), ['src/[id]/page.tsx:4', 'src/(group)/page.tsx:4']);
    assert.deepEqual(places('src/snake_case_name.py:3, `src/__tests__/a.ts:4`'), ['src/snake_case_name.py:3', 'src/__tests__/a.ts:4']);
    assert.deepEqual(places('src/__tests__/a.ts:4, then b.ts:5'), ['b.ts:5']);
    assert.deepEqual(places('**Note** a.ts:1, **Note**: a.ts:2'), ['a.ts:1', 'a.ts:2']);
  });

  it('makes places in code something to press, except in links and blocks', () => {
    assert.match(render('in src/a.ts:12, `b.ts:3:4`'), /data-place="src\/a\.ts:12"[^]*<code><a class="place"[^>]*data-place="b\.ts:3:4"/);
    assert.doesNotMatch(render('[src/a.ts:12](https://x.example)'), /data-place/);
    assert.doesNotMatch(render('```\nsrc/a.ts:12\n```'), /data-place/);
  });

  it('colours code in a language that it knows, and offers to compare a diff', () => {
    assert.match(
      render('```ts\nconst a = 1;\n```'),
      /TypeScript<\/span><button type="button" class="copy">Copy<\/button><\/div><pre tabindex="0"><code><span class="hljs-keyword">const/,
    );
    assert.match(render('```nothing"><b>\n<b>\n```'), /<span>nothing<\/span>[^]*&lt;b&gt;/);
    assert.match(render('```diff\n-a\n+b\n```'), /<button type="button" class="diff">Open<\/button>/);
    assert.match(render('```\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n```'), /class="diff"/);
    assert.doesNotMatch(render('```ts\nconst a = 1;\n```'), /class="diff"/);
  });

  it('gets through what is very long or very deep', async () => {
    const long = [
      'x'.repeat(1_000_000),
      `${'- '.repeat(200)}deep`,
      '>'.repeat(10_000),
      '['.repeat(20_000),
      '*a '.repeat(15_000),
      '`'.repeat(30_000),
    ];
    const computed = await cpuMsOf(() => {
      for (const text of long) assertHarmless(render(text));
    });
    assert.match(render('x'.repeat(longText + 1)), /^<p class="whole">As it is\.<\/p><pre class="plain"/);
    assert.ok(computed < 10_000, `it took ${computed} ms`);
  });

  it('is harmless, whatever the text', () => {
    const pieces = [
      '<',
      '>',
      '"',
      "'",
      '&',
      '`',
      '```',
      '\n',
      '[',
      ']',
      '(',
      ')',
      '!',
      'https://',
      'javascript:',
      'onerror=',
      'a.ts:1',
      'x',
      ' ',
      '|',
      '-',
      '#',
      '\\',
      '*',
      '</a>',
      '<img',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (chosen) => assertHarmless(render(chosen.join('')))),
      { numRuns: runs(1_000) },
    );
  });
});
