import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Manifest {
  dependencies?: Record<string, string>;
  /** Of a lock file: the package itself by the empty name, and each that is installed by its place. */
  packages?: Record<string, Manifest>;
}

/**
 * Wants these versions of dependencies of a package that is locked: its package.json says them, and its lock file nothing of them any more.
 */
export async function replaceDependencies(folder: string, versions: Readonly<Record<string, string>>): Promise<void> {
  for (const name of ['package.json', 'npm-shrinkwrap.json']) {
    const path = join(folder, name);
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest;
    const { packages } = manifest;
    const own = packages === undefined ? manifest : packages[''];
    if (own !== undefined) own.dependencies = { ...own.dependencies, ...versions };
    for (const each of Object.keys(versions)) delete packages?.[`node_modules/${each}`];
    await writeFile(path, JSON.stringify(manifest, undefined, 2));
  }
}
