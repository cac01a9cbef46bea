import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hardWords } from './checkWords.ts';

const root = join(import.meta.dirname, '..', '..');

describe('the words of comments, texts and documents', () => {
  it('are plain: a sentence names who acts', () => {
    const paths = globSync(
      ['src/**/*.{ts,css}', 'scripts/**/*.ts', '*.{md,mjs}', 'docs/**/*.{md,json}', '.github/**/*.{md,yml}', 'test/agents/WIRE.md'],
      { cwd: root },
    );
    assert.ok(paths.length > 400, 'all sources are read');
    const found = paths.flatMap((path) => hardWords(readFileSync(join(root, path), 'utf8')).map((word) => `${path}: ${word}`));
    assert.deepEqual(found, []);
  });

  it('would not pass with a word that has been replaced', () => {
    const planted = "// Whoever wants it asks leave of the person.\nconst it = 'whoever';\n/** Another one asked\n * leave. */";
    assert.deepEqual(hardWords(planted), ['1: Whoever', '1: asks leave', '1: the person', '2: whoever', '3: asked leave']);
    assert.deepEqual(hardWords('It needs leave, waits for leave, or gives leave.'), ['1: needs leave', '1: for leave', '1: gives leave']);
    assert.deepEqual(hardWords('// The user leaves the personal token; a person may ask whether to leave.'), []);
  });
});
