import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../src/ui/ids.ts';
import { waitFor } from '../support/waitFor.ts';
import { extension } from './support/extension.ts';

describe('activation', () => {
  it('comes by itself once the window is up, with every command of the manifest', async () => {
    await waitFor('the extension to be active', () => extension().isActive);
    const known = new Set(await vscode.commands.getCommands(true));
    const contributed = extension().packageJSON.contributes.commands.map(({ command }) => command);
    assert.deepEqual(contributed.toSorted(), Object.values(commandIds).toSorted());
    assert.deepEqual(
      contributed.filter((command) => !known.has(command)),
      [],
    );
  });

  it('waits neither for the wire, which is loaded later, nor for the hub, which is loaded in a thread of its own', async () => {
    const loaded = createRequire(__filename).cache;
    const bundle = (name: string) => loaded[join(extension().extensionPath, 'dist', name)];
    await waitFor('the wire to be loaded', () => bundle('wire.cjs')?.loaded === true);
    // Whatever it had required would be listed here. An `import()`, the other way, can't be waited for by a function like `activate`: a
    // guard holds that it returns no promise.
    assert.deepEqual(
      bundle('extension.cjs')?.children.map(({ id }) => id),
      [],
    );
    assert.equal((extension().exports as { version: number }).version, 1, 'what other extensions get is no promise');
    assert.equal(bundle('hub.cjs'), undefined);
  });
});
