import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

// The bundles. A part that is loaded at its first use is a bundle of its own, and no other bundle contains it.

const root = import.meta.dirname;

/**
 * Takes the indentation out of the files of the tables, where it would stay in the texts of SQL.
 * @type {import('esbuild').Plugin}
 */
const plainSql = {
  name: 'plain-sql',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]hub[\\/]storage[\\/].*\.ts$/ }, async ({ path }) => {
      return { contents: (await readFile(path, 'utf8')).replaceAll(/^[ ]+/gm, ''), loader: 'ts' };
    });
  },
};

const importMetaUrl = {
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

// Agents start these with whatever Node the user has.
const anyNode = { target: 'node18' };

// Pages run in the editor's own browser.
/** @type {import('esbuild').BuildOptions} */
const inPage = { platform: 'browser', format: 'iife', target: 'es2022' };

// Of the parsers of configs one is written for browsers too, and its form for Node can't be bundled. The other one brings the names of the
// nodes of JavaScript along, for those who walk through both.
const configParsers = {
  mainFields: ['module', 'main'],
  alias: { 'eslint-visitor-keys': 'data:text/javascript,export const unionWith = (keys) => keys;' },
};

const noForms =
  'data:text/javascript,export const process = globalThis.process; export class DefaultJsonSchemaValidator { getValidator() { throw new Error("no forms"); } }';

/**
 * Makes JSON Schemas of schemas: 20 kB. The tools of the hub bring their JSON Schemas along, so there are none to make.
 * @type {import('esbuild').Plugin}
 */
const noJsonSchemas = {
  name: 'no-json-schemas',
  setup({ onLoad }) {
    const none = '() => { throw new Error("no JSON Schemas are made here"); }';
    const methods = ['createToJSONSchemaMethod', 'createStandardJSONSchemaMethod'];
    const stubs = {
      'to-json-schema': methods.map((name) => `export const ${name} = () => ${none};`).join('\n'),
      'json-schema-processors': `export const toJSONSchema = ${none};`,
      'json-schema-generator': 'export class JSONSchemaGenerator {}',
    };
    for (const [name, contents] of Object.entries(stubs)) {
      onLoad({ filter: new RegExp(`[\\\\/]zod[\\\\/]v4[\\\\/]core[\\\\/]${name}\\.js$`) }, () => ({ contents }));
    }
  },
};

/** The threads of the hub, which it starts from its own folder. */
export const threads = {
  'checkThread.cjs': { entryPoints: ['src/hub/storage/threads/checkThread.ts'] },
  'checkpointThread.cjs': { entryPoints: ['src/hub/storage/threads/checkpointThread.ts'] },
};

/**
 * Each bundle by its file name: where it begins, and what is special about it.
 * @type {Record<string, import('esbuild').BuildOptions>}
 */
export const bundles = {
  'extension.cjs': { entryPoints: ['src/extension.ts'], external: ['vscode'] },
  'wire.cjs': { entryPoints: ['src/client/wire.ts'] },
  'notifications.cjs': { entryPoints: ['src/ui/notifications/notifications.ts'] },
  'links.cjs': { entryPoints: ['src/ui/links/links.ts'] },
  'decisions.cjs': { entryPoints: ['src/ui/decisions/decisions.ts'] },
  'dialogs.cjs': { entryPoints: ['src/ui/dialogs/dialogs.ts'], external: ['vscode'] },
  'answer.cjs': { entryPoints: ['src/ui/answer/answering.ts'] },
  'connect.cjs': {
    entryPoints: ['src/ui/connect/bundle.ts'],
    external: ['vscode'],
    ...configParsers,
  },
  'doctor.cjs': {
    entryPoints: ['src/ui/connect/doctor/bundle.ts'],
    ...configParsers,
  },
  'notices.cjs': { entryPoints: ['src/ui/notices/notices.ts'] },
  'send.cjs': { entryPoints: ['src/ui/send/send.ts'], external: ['vscode'] },
  'tasks.cjs': { entryPoints: ['src/ui/tasks/tasks.ts'], external: ['vscode'] },
  'panel.cjs': { entryPoints: ['src/ui/panel/panel.ts'], external: ['vscode'], mainFields: ['module', 'main'] },
  'panelPage.js': { entryPoints: ['src/webview/panel/panelPage.ts'], ...inPage },
  'panelPage.css': { entryPoints: ['src/webview/panel/panelPage.css'], ...inPage },
  'kanban.cjs': { entryPoints: ['src/ui/kanban/kanban.ts'], external: ['vscode'] },
  'kanbanPage.js': { entryPoints: ['src/webview/kanban/kanbanPage.ts'], ...inPage },
  'kanbanPage.css': { entryPoints: ['src/webview/kanban/kanbanPage.css'], ...inPage },
  'needsYou.cjs': { entryPoints: ['src/ui/needsYou/needsYou.ts'], external: ['vscode'], mainFields: ['module', 'main'] },
  'inboxPage.js': { entryPoints: ['src/webview/inbox/inboxPage.ts'], ...inPage },
  'inboxPage.css': { entryPoints: ['src/webview/inbox/inboxPage.css'], ...inPage },
  'code.cjs': { entryPoints: ['src/ui/code/codeThreads.ts'], external: ['vscode'] },
  // The MCP SDK brings a validator of JSON Schema for what clients fill into forms, Ajv or a smaller one, 130 or 22 kB. The hub asks for no
  // forms, so there is none.
  'hub.cjs': {
    entryPoints: ['src/hub/worker.ts'],
    conditions: ['browser'],
    alias: { '@modelcontextprotocol/server/_shims': noForms },
    plugins: [noJsonSchemas],
    logOverride: { 'import-is-undefined': 'silent' },
    ...importMetaUrl,
  },
  ...threads,
  'practiceAgent.cjs': { entryPoints: ['src/agents/practiceAgent.ts'] },
  'bridge.cjs': { entryPoints: ['src/agents/bridge.ts'], ...anyNode },
  'hook.cjs': { entryPoints: ['src/agents/hook.ts'], ...anyNode },
  // opencode takes the functions of a module, and nothing else.
  'opencode.mjs': { entryPoints: ['src/agents/openCodePlugin.ts'], ...anyNode, format: 'esm' },
  'cli.cjs': { entryPoints: ['src/cli.ts'], ...importMetaUrl, banner: { js: `#!/usr/bin/env node\n${importMetaUrl.banner.js}` } },
};

/** The bundle that begins with each file. */
const bundleOf = new Map(
  Object.entries(bundles).flatMap(([name, { entryPoints }]) =>
    Array.isArray(entryPoints) ? entryPoints.map((entry) => /** @type {const} */ ([entry, name])) : [],
  ),
);

/**
 * A dynamic import of a file with which a bundle begins loads that bundle.
 * @type {import('esbuild').Plugin}
 */
const ownBundles = {
  name: 'own-bundles',
  setup({ onResolve }) {
    onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const name = bundleOf.get(relative(root, join(resolveDir, path)).replaceAll('\\', '/'));
      return name === undefined ? undefined : { path: `./${name}`, external: true };
    });
  },
};

/**
 * Writes bundles into a folder.
 * @param {string} folder
 * @param {typeof bundles} [chosen] all of them if it isn't given
 * @returns {Promise<Record<string, { bytes: number, inputs: string[] }>>} the size of each bundle, and the files that went into it
 */
export async function bundle(folder, chosen = bundles) {
  await mkdir(folder, { recursive: true });
  const built = Object.entries(chosen).map(async ([name, options]) => {
    const { metafile, outputFiles } = await build({
      absWorkingDir: root,
      outfile: join(folder, name),
      bundle: true,
      minify: true,
      format: 'cjs',
      platform: 'node',
      // The oldest editor that we run in (VS Code 1.105) has Node 22.
      target: 'node22',
      logLevel: 'warning',
      metafile: true,
      ...options,
      plugins: [ownBundles, plainSql, ...(options.plugins ?? [])],
      write: false,
    });
    await Promise.all(outputFiles.map(({ path, contents }) => replaceFile(path, contents)));
    const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
    return /** @type {const} */ ([name, { bytes, inputs: Object.keys(metafile.inputs) }]);
  });
  return Object.fromEntries(await Promise.all(built));
}

/**
 * Writes every bundle into a folder, and takes those out of it that are no longer made.
 * @param {string} folder
 */
export async function bundleAll(folder) {
  const built = await bundle(folder);
  const former = (await readdir(folder)).filter((name) => /\.(?:[cm]?js|css)$/.test(name) && bundles[name] === undefined);
  await Promise.all(former.map((name) => rm(join(folder, name), { force: true })));
  return built;
}

/**
 * A program that reads the file meanwhile gets all of it, old or new. A file that stays the same is not written.
 * @param {string} path
 * @param {Uint8Array} contents
 */
async function replaceFile(path, contents) {
  if ((await readFile(path).catch(() => undefined))?.equals(contents) === true) return;
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, contents);
  await rename(fresh, path);
}

if (process.argv[1] === import.meta.filename) await bundleAll(join(root, 'dist'));
