import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

const root = join(import.meta.dirname, '..', '..');

let packed: Promise<string> | undefined;

/** The extension, packed the way it is published: once for all tests of this process, with which it goes. @returns the path of the `.vsix` */
export function packageExtension(): Promise<string> {
  packed ??= pack();
  return packed;
}

async function pack(): Promise<string> {
  const folder = join(root, 'out');
  mkdirSync(folder, { recursive: true });
  const packagePath = join(folder, `agentrq-${process.pid}.vsix`);
  process.once('exit', () => rmSync(packagePath, { force: true }));
  await createVSIX({ cwd: root, packagePath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  return packagePath;
}
