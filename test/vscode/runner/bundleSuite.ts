import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { build } from 'esbuild';

const source = join(import.meta.dirname, '..');

/**
 * Bundles the suite, and with it every `*.test.ts` of its folder: a test is found by its name and can't be forgotten.
 * @returns the path of the module whose `run()` is for the extension host
 */
export async function bundleSuite(outFolder: string): Promise<string> {
  const files = globSync('*.test.ts', { cwd: source });
  if (files.length === 0) throw new Error(`There is no test in ${source}.`);
  const suite = join(outFolder, 'suite.cjs');
  const imports = files.toSorted().map((file) => `import ${JSON.stringify(`./${file}`)};`);
  await Promise.all([
    build({ ...common, entryPoints: [join(source, 'suite.ts')], outfile: suite }),
    build({
      ...common,
      stdin: { contents: imports.join('\n'), resolveDir: source, sourcefile: 'tests.ts', loader: 'ts' },
      outfile: join(outFolder, 'tests.cjs'),
    }),
  ]);
  return suite;
}

const common = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  sourcemap: 'inline',
  external: ['vscode', 'mocha'],
  logLevel: 'warning',
} as const satisfies BuildOptions;
