import assert from 'node:assert/strict';
import { pageHtml } from '../../../../src/ui/frame/pageHtml.ts';

describe('the frame of a page', () => {
  const page = {
    cspSource: 'https://*.vscode-cdn.net',
    nonce: 'abc123',
    script: 'https://x.vscode-cdn.net/panelPage.js',
    style: 'https://x.vscode-cdn.net/"><script>alert(1)</script>panelPage.css',
    language: '"><script>alert(1)</script>',
    pictures: true,
  };
  const html = pageHtml(page);

  it('lets nothing run, load or be sent but its own script and style', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    assert.deepEqual(policy.replaceAll('&#39;', "'").split('; ').toSorted(), [
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-src 'none'",
      'img-src blob:',
      "script-src 'nonce-abc123'",
      'style-src https://*.vscode-cdn.net',
    ]);
    assert.doesNotMatch(html, /unsafe|data:|\bstyle="/);
    assert.doesNotMatch(pageHtml({ ...page, pictures: false }), /img-src/);
  });

  it('holds one script, whatever is handed in', () => {
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.match(html, /<script nonce="abc123" src="https:\/\/x\.vscode-cdn\.net\/panelPage\.js"><\/script>/);
  });
});
