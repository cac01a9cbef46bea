import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bundlePath, exportStrings, readSources, unreadableStrings } from './exportStrings.ts';

describe('the strings', () => {
  it('are in the bundle, all of them and no others (else: node test/guards/exportStrings.ts)', async () => {
    assert.deepEqual(JSON.parse(readFileSync(bundlePath, 'utf8')), await exportStrings(readSources()));
  });

  it('can all be found by the exporter', () => {
    assert.deepEqual(unreadableStrings(readSources()), []);
  });

  it('would not pass with one that is not in the bundle', async () => {
    const sources = new Map([...readSources(), ['src/ui/planted.ts', "export const f = (l10n: L10n) => l10n.t('A planted {0}', 1);"]]);
    const strings = await exportStrings(sources);
    assert.equal(strings['A planted {0}'], 'A planted {0}');
    assert.notDeepEqual(JSON.parse(readFileSync(bundlePath, 'utf8')), strings);
  });

  it('are found also where they are made without a language: in errors of the hub, of clients and of scripts', async () => {
    const planted = "throw new StartError('home-taken', translatable('A planted {0} is taken', file));";
    const strings = await exportStrings(new Map([...readSources(), ['src/hub/planted.ts', planted]]));
    assert.equal(strings['A planted {0} is taken'], 'A planted {0} is taken');
    assert.notDeepEqual(JSON.parse(readFileSync(bundlePath, 'utf8')), strings);
  });

  it('would not pass with one that is put together, or that is a member of something', () => {
    for (const call of [
      "deps.l10n.t('a')",
      'l10n.t(text)',
      "l10n.t('a' + b)",
      'l10n.t(`a ${b}`)',
      'translatable(text)',
      'translatable(`a ${b}`, c)',
      'l10n.t(\n  text,\n)',
    ]) {
      assert.equal(unreadableStrings(new Map([['planted.ts', call]])).length, 1, call);
    }
    assert.deepEqual(unreadableStrings(new Map([['sound.ts', "vscode.l10n.t('it\\'s {0}', 1); l10n.t(\n  'b',\n)"]])), []);
  });
});
