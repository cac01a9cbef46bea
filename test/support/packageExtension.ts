import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { bundleAll } from '../../esbuild.mjs';

const root = join(import.meta.dirname, '..', '..');

let packed: Promise<string> | undefined;
let built: Promise<unknown> | undefined;

/**
 * The extension, packed the way it is published: once for all tests of this process, with which it goes.
 * @returns the path of the `.vsix`
 */
export function packageExtension(): Promise<string> {
  packed ??= pack();
  return packed;
}

async function pack(): Promise<string> {
  const folder = await stagePackage();
  const packagePath = join(root, 'out', `agentrq-${process.pid}.vsix`);
  process.once('exit', () => rmSync(packagePath, { force: true }));
  await createVSIX({ cwd: folder, packagePath, dependencies: false });
  return packagePath;
}

/**
 * A folder with what goes into the package, in which it can be packed as in ours; it goes with this process, which builds once what is
 * packed. vsce looks at each file below its folder, and below ours lie two editors with 9,000.
 */
export async function stagePackage(): Promise<string> {
  built ??= bundleAll(join(root, 'dist'));
  await built;
  mkdirSync(join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(join(root, 'out', 'package-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const path of ['.vscodeignore', ...packagedPaths()]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(join(root, path), join(folder, path));
  }
  writeFileSync(join(folder, 'esbuild.mjs'), '// What is packed has been built.\n');
  return folder;
}

/** What `.vscodeignore` takes out of all that it leaves behind. A guard compares it with what vsce takes. */
function packagedPaths(): string[] {
  const taken = readFileSync(join(root, '.vscodeignore'), 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  return globSync(taken, { cwd: root }).filter((path) => statSync(join(root, path)).isFile());
}
