import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPort } from '../../src/protocol/limits.ts';

/** What a remote window does with the port of the hub when it finds that somebody listens there. */
function onAutoForward(manifest: string): string | undefined {
  const { contributes } = JSON.parse(manifest) as {
    contributes: { configurationDefaults?: { 'remote.portsAttributes'?: Record<string, { onAutoForward: string }> } };
  };
  return contributes.configurationDefaults?.['remote.portsAttributes']?.[String(defaultPort)]?.onAutoForward;
}

describe('a remote window', () => {
  const manifest = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');

  it("is told not to forward the hub's port", () => {
    assert.equal(onAutoForward(manifest), 'ignore');
  });

  it('would not be, if the port were another one or the word were missing', () => {
    assert.equal(onAutoForward(manifest.replaceAll(String(defaultPort), '41838')), undefined);
    assert.equal(onAutoForward(manifest.replace('"onAutoForward": "ignore"', '"onAutoForward": "notify"')), 'notify');
  });
});
