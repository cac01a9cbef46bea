import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

const root = join(import.meta.dirname, '..', '..');

/** Packs the bundles in `dist` the way they are published. @returns the path of the `.vsix` */
export async function packageExtension(): Promise<string> {
  const folder = join(root, 'out');
  mkdirSync(folder, { recursive: true });
  const packagePath = join(folder, `agentrq-${process.pid}.vsix`);
  await createVSIX({ cwd: root, packagePath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  return packagePath;
}
