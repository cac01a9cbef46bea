import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { portsToTry } from '../../src/hub/http/portsToTry.ts';
import { defaultPort } from '../../src/protocol/limits.ts';
import { settingDefaults } from '../../src/ui/ids.ts';

const usual = portsToTry(undefined, undefined);

/** The ports of a hub that a remote window would forward when it finds that somebody listens there. */
function forwarded(manifest: string): number[] {
  const { contributes } = JSON.parse(manifest) as {
    contributes: { configurationDefaults?: { 'remote.portsAttributes'?: Record<string, { onAutoForward: string }> } };
  };
  const left = Object.entries(contributes.configurationDefaults?.['remote.portsAttributes'] ?? {}).flatMap(([key, { onAutoForward }]) => {
    const [from = Number.NaN, to = from] = key.split('-').map(Number);
    return onAutoForward === 'ignore' ? [{ from, to }] : [];
  });
  return usual.filter((port) => !left.some(({ from, to }) => from <= port && port <= to));
}

describe('a remote window', () => {
  const manifest = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');

  it('is told not to forward any port that a hub takes unless one is set', () => {
    assert.deepEqual(forwarded(manifest), []);
    assert.equal(settingDefaults['agentrq.hub.port'], defaultPort);
    assert.equal(usual[0], defaultPort);
  });

  it('would not be, if a port were missing or the word were another one', () => {
    assert.deepEqual(forwarded(manifest.replace('"23837-23846"', '"23837-23845"')), [23_846]);
    assert.deepEqual(forwarded(manifest.replace('"23837-23846"', '"23837"')), usual.slice(1));
    assert.deepEqual(forwarded(manifest.replace('"onAutoForward": "ignore"', '"onAutoForward": "notify"')), usual);
  });
});
