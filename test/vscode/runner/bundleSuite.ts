import { copyFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { build } from 'esbuild';

const source = join(import.meta.dirname, '..');

/** What goes into the extension host beside our extension. */
export interface BundledSuite {
  /** The path of the module whose `run()` is called there. */
  suite: string;
  /** The folder of another extension, which uses ours. */
  neighbour: string;
}

/** Bundles the suite, and with it every `*.test.ts` of its folder: a test is found by its name and can't be forgotten. */
export async function bundleSuite(outFolder: string): Promise<BundledSuite> {
  const files = globSync('*.test.ts', { cwd: source });
  if (files.length === 0) throw new Error(`There is no test in ${source}.`);
  const suite = join(outFolder, 'suite.cjs');
  const neighbour = join(outFolder, 'neighbour');
  const imports = files.toSorted().map((file) => `import ${JSON.stringify(`./${file}`)};`);
  await Promise.all([
    build({ ...common, entryPoints: [join(source, 'suite.ts')], outfile: suite }),
    build({
      ...common,
      stdin: { contents: imports.join('\n'), resolveDir: source, sourcefile: 'tests.ts', loader: 'ts' },
      outfile: join(outFolder, 'tests.cjs'),
    }),
    build({ ...common, entryPoints: [join(source, 'neighbour', 'neighbour.ts')], outfile: join(neighbour, 'neighbour.cjs') }),
  ]);
  copyFileSync(join(source, 'neighbour', 'package.json'), join(neighbour, 'package.json'));
  return { suite, neighbour };
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
