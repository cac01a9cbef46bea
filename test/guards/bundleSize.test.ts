import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, bundleAll } from '../../esbuild.mjs';
import { bundleRules, checkBundle } from './checkBundle.ts';

describe('the bundles', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'agentrq-bundles-'));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What is wrong with the bundle `name`, were it built from `contents`. */
  async function planted(name: string, contents: string): Promise<string> {
    const stdin = { contents, resolveDir: join(import.meta.dirname, '../..'), loader: 'ts' as const };
    const built = await bundle(folder, { [name]: { stdin, external: ['vscode'] } });
    return Object.entries(built)
      .flatMap(([each, result]) => checkBundle(each, result))
      .join('\n');
  }

  it('are as small as they should be, and hold what belongs to them', async () => {
    for (const former of ['former.cjs', 'formerPage.css']) writeFileSync(join(folder, former), '');
    const built = await bundleAll(folder);
    assert.deepEqual(Object.keys(built).toSorted(), Object.keys(bundleRules).toSorted());
    assert.deepEqual(readdirSync(folder).toSorted(), Object.keys(bundleRules).toSorted(), 'one that is no longer made is gone');
    assert.deepEqual(
      Object.entries(built).flatMap(([name, result]) => checkBundle(name, result)),
      [],
    );
  });

  const violations: [string, string, string, RegExp][] = [
    ['zod', 'extension.cjs', "import * as z from 'zod'; console.log(z.string());", /extension\.cjs holds zod \(/],
    ['zod/mini', 'extension.cjs', "import * as z from 'zod/mini'; console.log(z.string());", /extension\.cjs holds zod \(/],
    ['eventsource', 'extension.cjs', "export { EventSource } from 'eventsource';", /extension\.cjs holds eventsource \(/],
    ['the MCP SDK', 'extension.cjs', "export { Client } from '@modelcontextprotocol/client';", /holds @modelcontextprotocol\/ \(/],
    ['the wire', 'extension.cjs', "export { readFrame } from './src/client/wire.ts';", /extension\.cjs holds src\/client\/wire\.ts/],
    ['a parser of JSON', 'extension.cjs', "export { parseTree } from 'jsonc-parser';", /extension\.cjs holds jsonc-parser \(/],
    ['a parser of TOML', 'extension.cjs', "export { parseTOML } from 'toml-eslint-parser';", /holds toml-eslint-parser \(/],
    [
      'the engine',
      'extension.cjs',
      "export { systemDisk } from './src/agents/config/disk.ts';",
      /extension\.cjs holds src\/agents\/config\//,
    ],
    ['the hub', 'connect.cjs', "export { openSecret } from './src/hub/identity/homeFolder.ts';", /connect\.cjs holds src\/hub\//],
    [
      'the panel',
      'extension.cjs',
      "export { panelStrings } from './src/ui/panel/panelStrings.ts';",
      /extension\.cjs holds src\/ui\/panel\//,
    ],
    ['zod/mini', 'panelPage.js', "export { parseFromPage } from './src/protocol/fromPanelPage.ts';", /panelPage\.js holds zod \(/],
    ['the hub', 'cli.cjs', "export { startHub } from './src/hub/worker.ts';", /cli\.cjs holds src\/hub\//],
    ['the hub', 'wire.cjs', "export { openSecret } from './src/hub/identity/homeFolder.ts';", /wire\.cjs holds src\/hub\//],
    ['the client', 'hub.cjs', "export { createRetry } from './src/client/retry.ts';", /hub\.cjs holds src\/client\//],
    [
      'the hub',
      'practiceAgent.cjs',
      "export { openSecret } from './src/hub/identity/homeFolder.ts';",
      /practiceAgent\.cjs holds src\/hub\//,
    ],
    ['the hub', 'bridge.cjs', "export { openSecret } from './src/hub/identity/homeFolder.ts';", /bridge\.cjs holds src\/hub\//],
    ['zod/mini', 'bridge.cjs', "export { idSchema } from './src/protocol/ids.ts';", /bridge\.cjs holds zod \(/],
    ['the MCP SDK', 'bridge.cjs', "export { Client } from '@modelcontextprotocol/client';", /holds @modelcontextprotocol\/ \(/],
    ['zod/mini', 'hook.cjs', "export { idSchema } from './src/protocol/ids.ts';", /hook\.cjs holds zod \(/],
    ['the bridge', 'hook.cjs', "export { readLines } from './src/agents/bridge/lines.ts';", /hook\.cjs holds src\/agents\/bridge\//],
  ];
  for (const [what, name, contents, expected] of violations) {
    it(`would not pass with ${what} in ${name}`, async () => assert.match(await planted(name, contents), expected));
  }

  it('would not pass with one that is too big, or that nothing is said about', () => {
    for (const [name, { below }] of Object.entries(bundleRules)) {
      assert.deepEqual(checkBundle(name, { bytes: below - 1, inputs: [] }), []);
      assert.deepEqual(checkBundle(name, { bytes: below, inputs: [] }), [`${name} has ${below} bytes, not below ${below}`]);
    }
    assert.deepEqual(checkBundle('new.cjs', { bytes: 1, inputs: [] }), ['nothing says what new.cjs may weigh']);
  });
});
