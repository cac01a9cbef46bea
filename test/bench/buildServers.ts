import { join } from 'node:path';
import { bundle, bundles, threads } from '../../esbuild.mjs';

/** Programs of the hub, in one file each: what would take a second to load from its sources is there at once. */
export interface BuiltServers {
  /** The product's own. */
  hub: string;
  /** The one with the benchmarks' endpoint. */
  benchHub: string;
}

/** Writes them into `folder`. */
export async function buildServers(folder: string): Promise<BuiltServers> {
  await bundle(folder, {
    'hub.cjs': bundles['hub.cjs'] ?? {},
    ...threads,
    'benchHub.mjs': { entryPoints: ['test/bench/hub.ts'], format: 'esm' },
  });
  return { hub: join(folder, 'hub.cjs'), benchHub: join(folder, 'benchHub.mjs') };
}
