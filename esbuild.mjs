import { build } from 'esbuild';

// The bundles. The hub and the wire are loaded when they are needed, so nothing else may pull them in.

/** Leaves dynamic imports of the parts that are bundles of their own alone, and points them at those bundles. */
const ownBundles = {
  name: 'own-bundles',
  setup({ onResolve }) {
    onResolve({ filter: /\/(hub\/worker|wire)\.ts$/ }, ({ kind, path }) => {
      if (kind !== 'dynamic-import') return undefined;
      return { path: path.endsWith('wire.ts') ? './wire.cjs' : './hub.cjs', external: true };
    });
  },
};

const common = {
  bundle: true,
  minify: true,
  format: 'cjs',
  platform: 'node',
  // The oldest editor that we run in (VS Code 1.105) has Node 22.
  target: 'node22',
  logLevel: 'warning',
  plugins: [ownBundles],
};

const importMetaUrl = {
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "#!/usr/bin/env node\nconst importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

await Promise.all([
  build({ ...common, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.cjs', external: ['vscode'] }),
  build({ ...common, entryPoints: ['src/client/wire.ts'], outfile: 'dist/wire.cjs' }),
  build({ ...common, entryPoints: ['src/hub/worker.ts'], outfile: 'dist/hub.cjs' }),
  build({ ...common, ...importMetaUrl, entryPoints: ['src/cli.ts'], outfile: 'dist/cli.cjs' }),
]);
