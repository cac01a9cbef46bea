import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, bundles, threads } from '../../esbuild.mjs';

const folder = mkdtempSync(join(tmpdir(), 'agentrq-programs-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const names = ['cli.cjs', 'hub.cjs', 'bridge.cjs', 'hook.cjs', 'opencode.mjs', ...Object.keys(threads)];
const dist = join(folder, 'dist');
// As users have them, but readable: what one says when it fails names its functions.
await bundle(dist, Object.fromEntries(names.map((name) => [name, { ...bundles[name], minify: false }])));
// Where they look for their version.
copyFileSync(join(import.meta.dirname, '..', '..', 'package.json'), join(folder, 'package.json'));

/** The programs that tests start, bundled once by each process that imports this. From source, one takes five times as long to start. */
export const programs = {
  cli: join(dist, 'cli.cjs'),
  hub: join(dist, 'hub.cjs'),
  bridge: join(dist, 'bridge.cjs'),
  hook: join(dist, 'hook.cjs'),
};
