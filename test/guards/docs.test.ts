import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundles } from '../../esbuild.mjs';
import { withoutCode } from './checkLinks.ts';
import { retired, vocabularyOf } from './checkTypeNames.ts';
import { documents } from './documents.ts';

const root = join(import.meta.dirname, '..', '..');
/** How long a document may be that is read from its first line to its last. */
const mostLines = { 'README.md': 150, 'ARCHITECTURE.md': 120 };

/** The source files that a document names in code marks, and that aren't there: by their path, or by their name alone. */
function missingFiles(document: string, files: readonly string[]): string[] {
  const named = [...document.matchAll(/`(\w[\w./-]*\.(?:ts|mjs|svg|png|nls\.json|oxlintrc\.json))`/g)].map((match) => match[1] ?? '');
  const isThere = (path: string): boolean =>
    path.includes('/') ? files.some((file) => file === path || file === `src/${path}`) : files.some((file) => basename(file) === path);
  return [...new Set(named)].filter((path) => !path.startsWith('out/') && !isThere(path));
}

/** The documents that have more lines than they may. */
function tooLong(most: Readonly<Record<string, number>>, text: (path: string) => string): string[] {
  return Object.entries(most).flatMap(([path, lines]) => {
    const count = text(path).trimEnd().split('\n').length;
    return count > lines ? [`${path} has ${count} lines, not ${lines} at most`] : [];
  });
}

/** The words of a document that the vocabulary has replaced. Code may have them, and so may the vocabulary itself. */
function retiredWords(document: string): string[] {
  const text = withoutCode(document).replaceAll(/^\| \*\*.*$/gm, '');
  return Object.entries(retired).flatMap(([word, instead]) =>
    // “Claims” and “via” are words of every day as well.
    ['Cargo', 'Door', 'Person'].includes(word) && new RegExp(`\\b${word}s?\\b`, 'i').test(text)
      ? [`${word.toLowerCase()}: the word is ${instead}`]
      : [],
  );
}

/** The words of the vocabulary that no source uses. @param sources all of them, in lower case */
function unusedWords(vocabulary: ReadonlySet<string>, sources: string): string[] {
  return [...vocabulary].filter((word) => !sources.includes(word) && !sources.includes(word.replaceAll(' ', '')));
}

/** The bundles that the document of the bundles names, and those that are made, where these differ. */
function otherBundles(document: string, made: readonly string[]): string[] {
  const rows = [...document.matchAll(/^\| (`.+`) \|/gm)];
  const named = rows.flatMap(([, names = '']) => names.replaceAll('`', '').split(', '));
  return [
    ...named.filter((name) => !made.includes(name)).map((name) => `${name} is named and not made`),
    ...made.filter((name) => !named.includes(name)).map((name) => `${name} is made and not named`),
  ];
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

  const read = (path: string): string => readFileSync(join(root, path), 'utf8');

  for (const name of documents) {
    it(`name only files and scripts that are there: ${name}`, () => {
      const document = read(name);
      assert.deepEqual(missingFiles(document, files), []);
      assert.deepEqual(missingScripts(document, Object.keys(scripts)), []);
    });
  }

  it('are short where they are read whole', () => assert.deepEqual(tooLong(mostLines, read), []));

  it('use the words of the vocabulary', () => {
    assert.deepEqual(
      documents.filter((path) => path !== 'CHANGELOG.md').flatMap((path) => retiredWords(read(path)).map((word) => `${path}: ${word}`)),
      [],
    );
    const sources = globSync('src/**/*.ts', { cwd: root }).map(read).join('\n').toLowerCase();
    assert.deepEqual(unusedWords(vocabularyOf(read('ARCHITECTURE.md')), sources), [], 'every word is one that the code uses');
  });

  it('would not pass with a word in the vocabulary that no code uses', () => {
    const planted = '\n## Vocabulary\n| **external prompt** | x |\n| **live / replay** | y |\n| **hovercraft** | z |\n\n## ';
    assert.deepEqual(unusedWords(vocabularyOf(planted), 'externalprompt live replay'), ['hovercraft']);
  });

  it('name every bundle, where it is said when each is loaded', () => {
    assert.deepEqual(otherBundles(read('docs/architecture/bundles.md'), Object.keys(bundles)), []);
  });

  it('would not pass with a bundle that is gone, or that is not named', () => {
    assert.deepEqual(otherBundles('| `a.cjs`, `gone.cjs` | when |\n', ['a.cjs', 'b.cjs']), [
      'gone.cjs is named and not made',
      'b.cjs is made and not named',
    ]);
  });

  it('would not pass if they grew, or with a word that the vocabulary has replaced', () => {
    const grown = (path: string): string => `${read(path)}${'more\n'.repeat(150)}`;
    assert.equal(tooLong(mostLines, grown).length, 2);
    assert.deepEqual(retiredWords('A person asks at the door of `Person`.\n```\nperson\n```\n'), [
      'door: the word is source',
      'person: the word is user',
    ]);
  });

  it('would not pass with a file or a script that is gone', () => {
    assert.deepEqual(missingFiles('see `client/gone.ts`, `gone.ts` and `extension.ts`', files), ['client/gone.ts', 'gone.ts']);
    assert.deepEqual(missingScripts('`npm run gone`, `npm run build`', Object.keys(scripts)), ['gone']);
  });
});
