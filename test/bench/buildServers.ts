import { join } from 'node:path';
import { bundle, bundles, threads } from '../../esbuild.mjs';

/** Programs of the hub, in one file each: what would take a second to load from its sources is there at once. */
export interface BuiltServers {
  /** The product's own. */
  hub: string;
  /** The one with the benchmarks' endpoint. */
  benchHub: string;
}

const benchHub: typeof bundles = { ...threads, 'benchHub.mjs': { entryPoints: ['test/bench/hub.ts'], format: 'esm' } };

/** Writes them into `folder`. */
export async function buildServers(folder: string): Promise<BuiltServers> {
  await bundle(folder, { 'hub.cjs': bundles['hub.cjs'] ?? {}, ...benchHub });
  return { hub: join(folder, 'hub.cjs'), benchHub: join(folder, 'benchHub.mjs') };
}

// The first half of `npm run bench:hub`: a hub that is measured is bundled, as the one that is shipped.
if (process.argv[1] === import.meta.filename) await bundle(join(import.meta.dirname, '..', '..', 'out', 'bench'), benchHub);
