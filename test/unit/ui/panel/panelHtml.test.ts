import assert from 'node:assert/strict';
import { panelHtml } from '../../../../src/ui/panel/panelHtml.ts';
import { readSavedPanel } from '../../../../src/ui/panel/savedPanel.ts';

describe('the frame of a panel', () => {
  const html = panelHtml({
    cspSource: 'https://*.vscode-cdn.net',
    nonce: 'abc123',
    script: 'https://x.vscode-cdn.net/panelPage.js',
    style: 'https://x.vscode-cdn.net/panelPage.css',
    language: '"><script>alert(1)</script>',
    title: '</title><script>alert(1)</script>',
  });

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
    assert.doesNotMatch(html, /unsafe|data:/);
  });

  it('holds one script, whatever is handed in', () => {
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.match(html, /<script nonce="abc123" src="https:\/\/x\.vscode-cdn\.net\/panelPage\.js"><\/script>/);
  });
});

describe('what a page left behind', () => {
  const saved = { workspaceId: 'workspace01', taskId: 'task0000001', title: 'T' };

  it('says whose panel it was', () => assert.deepEqual(readSavedPanel({ saved, drafts: {} }), saved));

  it('may say nothing', () => {
    for (const state of [
      undefined,
      null,
      1,
      {},
      { saved: null },
      { saved: { ...saved, taskId: '../x' } },
      { saved: { ...saved, title: 1 } },
    ])
      assert.equal(readSavedPanel(state), undefined);
  });
});
