import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settingDefaults } from '../../src/ui/ids.ts';
import { extension } from './support/extension.ts';

describe('settings', () => {
  const properties = (): [string, { default: unknown; scope: string }][] =>
    extension().packageJSON.contributes.configuration.flatMap((section) => Object.entries(section.properties));
  const folder = (): vscode.Uri => vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder is open');
  const inspect = (id: string) => vscode.workspace.getConfiguration(undefined, folder()).inspect(id) ?? assert.fail(id);

  it('have the defaults that the code goes by', () => {
    assert.deepEqual(Object.fromEntries(properties().map(([id]) => [id, inspect(id).defaultValue])), settingDefaults);
  });

  it('that say where the hub is belong to the user: neither a workspace nor a folder has a say', async () => {
    const ofMachine = properties().filter(([, { scope }]) => scope === 'machine');
    assert.deepEqual(
      ofMachine.map(([id]) => id),
      [
        'agentrq.attention.command',
        'agentrq.attention.soundCommand',
        'agentrq.hub.port',
        'agentrq.hub.home',
        'agentrq.hub.durability',
        'agentrq.agents.waitSeconds',
        'agentrq.agents.wake',
      ],
    );
    // Both files of this workspace set them. They are read: what may be set there is set.
    assert.equal(inspect('agentrq.notifications.messages').workspaceValue, 'ownFolders');
    const configuration = vscode.workspace.getConfiguration(undefined, folder());
    for (const [id] of ofMachine) {
      const { workspaceValue, workspaceFolderValue, globalValue, defaultValue } = inspect(id);
      assert.deepEqual([workspaceValue, workspaceFolderValue], [undefined, undefined]);
      assert.deepEqual(configuration.get(id), globalValue ?? defaultValue);
      await assert.rejects(Promise.resolve(configuration.update(id, 4_321, vscode.ConfigurationTarget.Workspace)));
    }
  });
});
