import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { l10nJsonFormat } from '@vscode/l10n-dev';
import { getL10nJson } from '@vscode/l10n-dev';
import { missingKeys, type Texts } from './checkTranslations.ts';

const root = join(import.meta.dirname, '../..');

/** Where the strings are kept from which translations are made. */
export const bundlePath = join(root, 'l10n/bundle.l10n.json');

/** Where the texts of the manifest are, in English. */
export const nlsPath = join(root, 'package.nls.json');

/** The languages that somebody has translated something into: `zh-cn`. */
export function languages(): string[] {
  const names = [...globSync('package.nls.*.json', { cwd: root }), ...globSync('l10n/bundle.l10n.*.json', { cwd: root })];
  return [...new Set(names.map((name) => name.split('.').at(-2) ?? ''))].toSorted();
}

/** The same texts in another language; none if the file isn't there. */
export function readTranslation(path: string, language: string): Texts {
  const file = path.replace(/\.json$/, `.${language}.json`);
  return existsSync(file) ? readTexts(file) : {};
}

export function readTexts(file: string): Texts {
  return JSON.parse(readFileSync(file, 'utf8')) as Texts;
}

/** The text of every file of ours, by its path. */
export function readSources(): Map<string, string> {
  const paths = globSync('src/**/*.ts', { cwd: root }).toSorted();
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Every string that is shown to the user, as the bundle holds it. */
export async function exportStrings(sources: ReadonlyMap<string, string>): Promise<l10nJsonFormat> {
  // All in one, because each file takes the exporter as long. It wants to see where `l10n` comes from; files that don't know the
  // editor are handed it.
  // Sentences that are made where no language is known are found as if they were made here.
  const contents = [...sources.values()]
    .filter((text) => /\b(?:l10n\.t|translatable)\(/.test(text))
    .join('\n')
    .replaceAll(/\btranslatable\(/g, 'l10n.t(');
  const strings = await getL10nJson([{ extension: '.ts', contents: `import { l10n } from 'vscode';\n${contents}` }]);
  return Object.fromEntries(Object.entries(strings).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

/** Calls that no exporter can read, with the path of the file: their string is put together, or `l10n` is a member of something. */
export function unreadableStrings(sources: ReadonlyMap<string, string>): string[] {
  const literal = /(?!\s*(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")\s*[,)])\s*[^\n]*/.source;
  const calls = new RegExp(`(?<!function )\\b(?:l10n\\.t|translatable)\\(${literal}|\\b(?!vscode\\b)\\w+\\.l10n\\.t\\([^\\n]*`, 'g');
  return [...sources].flatMap(([path, contents]) => [...contents.matchAll(calls)].map((match) => `${path}: ${match[0]}`));
}

// Run by itself, it writes the bundle, and says what translations lack.
if (process.argv[1] === import.meta.filename) {
  writeFileSync(bundlePath, `${JSON.stringify(await exportStrings(readSources()), null, 2)}\n`);
  for (const language of languages()) {
    for (const path of [nlsPath, bundlePath]) {
      const missing = missingKeys(readTexts(path), readTranslation(path, language));
      if (missing.length > 0)
        console.log(`${basename(path)} in ${language} lacks:\n${missing.map((key) => `  ${JSON.stringify(key)}`).join('\n')}`);
    }
  }
}
