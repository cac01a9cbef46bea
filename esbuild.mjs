import { build } from 'esbuild';

// The bundles. The hub's own is loaded by its path, lazily, so nothing else may pull it in.

/** Leaves `import('./hub/worker.ts')` alone, and points it at the hub's bundle. */
const hubStaysOutside = {
  name: 'hub-stays-outside',
  setup({ onResolve }) {
    onResolve({ filter: /\/hub\/worker\.ts$/ }, () => ({ path: './hub.cjs', external: true }));
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
  metafile: true,
};

const importMetaUrl = {
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "#!/usr/bin/env node\nconst importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

await Promise.all([
  build({ ...common, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.cjs', external: ['vscode'] }),
  build({ ...common, entryPoints: ['src/hub/worker.ts'], outfile: 'dist/hub.cjs' }),
  build({ ...common, ...importMetaUrl, entryPoints: ['src/cli.ts'], outfile: 'dist/cli.cjs', plugins: [hubStaysOutside] }),
]);
