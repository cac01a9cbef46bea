import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { l10nJsonFormat } from '@vscode/l10n-dev';
import { getL10nJson } from '@vscode/l10n-dev';

const root = join(import.meta.dirname, '../..');

/** Where the strings are kept from which translations are made. */
export const bundlePath = join(root, 'l10n/bundle.l10n.json');

/** The text of every file of ours, by its path. */
export function readSources(): Map<string, string> {
  const paths = globSync('src/**/*.ts', { cwd: root }).toSorted();
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Every string that is shown to the person, as the bundle holds it. */
export async function exportStrings(sources: ReadonlyMap<string, string>): Promise<l10nJsonFormat> {
  // All in one, because each file takes the exporter as long. It wants to see where `l10n` comes from; files that don't know the
  // editor are handed it.
  const contents = [...sources.values()].filter((text) => text.includes('l10n.t(')).join('\n');
  const strings = await getL10nJson([{ extension: '.ts', contents: `import { l10n } from 'vscode';\n${contents}` }]);
  return Object.fromEntries(Object.entries(strings).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

/** Calls whose string is put together, so that no exporter can find it; with the path of the file. */
export function unreadableStrings(sources: ReadonlyMap<string, string>): string[] {
  return [...sources].flatMap(([path, contents]) =>
    [...contents.matchAll(/\bl10n\.t\((?!\s*'(?:[^'\\\n]|\\.)*'\s*[,)])\s*[^\n]*/g)].map((match) => `${path}: ${match[0]}`),
  );
}

// Run by itself, it writes the bundle.
if (process.argv[1] === import.meta.filename) {
  writeFileSync(bundlePath, `${JSON.stringify(await exportStrings(readSources()), null, 2)}\n`);
}
