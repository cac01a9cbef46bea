import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkTranslation, pseudo, untranslated } from './checkTranslations.ts';
import { bundlePath, languages, nlsPath, readTexts, readTranslation } from './exportStrings.ts';

const root = join(import.meta.dirname, '../..');

describe('the translations', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const paths = [nlsPath, bundlePath];

  it('are there in Chinese', () => assert.ok(languages().includes('zh-cn')));

  for (const language of languages()) {
    it(`say everything, and no more, in ${language} (what is missing: node test/guards/exportStrings.ts)`, () => {
      for (const path of paths) assert.deepEqual(checkTranslation(basename(path), readTexts(path), readTranslation(path, language)), []);
    });
  }

  it('can be made of every text of the manifest', () => assert.deepEqual(untranslated(manifest), []));

  it('keep what a text refers to, in a language with accents that is 40 % longer', () => {
    for (const english of paths.map(readTexts)) {
      const strange = Object.fromEntries(Object.entries(english).map(([key, text]) => [key, pseudo(text)]));
      assert.deepEqual(checkTranslation('pseudo', english, strange), []);
      for (const [key, text] of Object.entries(english)) {
        assert.ok((strange[key]?.length ?? 0) >= text.length * 1.4, key);
        assert.doesNotMatch((strange[key] ?? '').replace(/\{\d+\}|\(command:[^)]*\)|`[^`]*`|\$\([\w-]+\)/g, ''), /[A-Za-z]/, key);
      }
    }
  });

  it('would not pass with a text that is missing, left over, empty, or refers to something else', () => {
    const english = { a: 'One {0}', b: '[Two](command:x.y)', c: '`three`' };
    const check = (to: Record<string, string>): string => checkTranslation('xx', english, to).join('\n');
    assert.equal(check({ a: '{0} 1', b: '[2](command:x.y)', c: '3 `three`' }), '');
    assert.match(check({ a: '1 {0}', c: '`three`' }), /^xx lacks "b"$/);
    assert.match(check({ a: '1 {0}', b: '[2](command:x.y)', c: '`three`', d: '4' }), /^xx translates "d", which is no text any more$/);
    assert.match(check({ a: '1', b: '[2](command:x.y)', c: '`three`' }), /^xx refers to nothing instead of \{0\} in "a"$/);
    assert.match(check({ a: '1 {1}', b: '[2](command:x.z)', c: '`drei`' }), /\{1\} instead of \{0\}.*\n.*command:x\.z.*\n.*drei/);
    assert.match(check({ a: ' ', b: '[2](command:x.y)', c: '`three`' }), /empty text for "a"/);
  });

  it('would not pass with a text in the manifest itself', () => {
    const planted = { contributes: { commands: [{ title: 'Do It', command: 'x', category: 'AgentRQ' }], views: { a: [{ name: '%a%' }] } } };
    assert.deepEqual(untranslated(planted), ['contributes.commands.0.title is "Do It"']);
    const setting = { properties: { x: { enumDescriptions: ['%a%', 'Plain'], markdownDescription: 'Plain' } } };
    assert.equal(untranslated({ contributes: { configuration: [setting] } }).length, 2);
  });
});
