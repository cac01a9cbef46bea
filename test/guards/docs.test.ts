import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundles } from '../../esbuild.mjs';

const root = join(import.meta.dirname, '..', '..');
const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'];

/** The source files that a document names in code marks, and that aren't there: by their path, or by their name alone. */
function missingFiles(document: string, files: readonly string[]): string[] {
  const named = [...document.matchAll(/`(\w[\w./-]*\.(?:ts|mjs|svg|png|nls\.json|oxlintrc\.json))`/g)].map((match) => match[1] ?? '');
  const isThere = (path: string): boolean =>
    path.includes('/') ? files.some((file) => file === path || file === `src/${path}`) : files.some((file) => basename(file) === path);
  return [...new Set(named)].filter((path) => !path.startsWith('out/') && !isThere(path));
}

/** The scripts that a document tells to run, and that package.json doesn't have. */
function missingScripts(document: string, scripts: readonly string[]): string[] {
  const named = [...document.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map((match) => match[1] ?? '');
  return [...new Set(named)].filter((name) => !scripts.includes(name));
}

describe('the documents', () => {
  const inGit = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  const files = [...inGit.split('\n'), ...Object.keys(bundles)];
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

  for (const name of documents) {
    it(`name only files and scripts that are there: ${name}`, () => {
      const document = readFileSync(join(root, name), 'utf8');
      assert.deepEqual(missingFiles(document, files), []);
      assert.deepEqual(missingScripts(document, Object.keys(scripts)), []);
    });
  }

  it('would not pass with a file or a script that is gone', () => {
    assert.deepEqual(missingFiles('see `client/gone.ts`, `gone.ts` and `extension.ts`', files), ['client/gone.ts', 'gone.ts']);
    assert.deepEqual(missingScripts('`npm run gone`, `npm run build`', Object.keys(scripts)), ['gone']);
  });
});
