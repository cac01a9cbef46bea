import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { waitFor } from '../support/waitFor.ts';
import { workspaceOf } from './support/hubFiles.ts';

describe('the folders of a window', () => {
  it('have a workspace in the hub each, and so has one that is added later', async () => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    assert.equal(folders.length, 2);
    const [first] = folders;
    assert.ok(first);
    const third = vscode.Uri.joinPath(first.uri, '..', 'later');
    mkdirSync(join(third.fsPath));
    assert.ok(vscode.workspace.updateWorkspaceFolders(2, 0, { uri: third }));
    const uris = [...folders.map(({ uri }) => uri), third];
    await waitFor('a workspace for every folder', () => uris.every((uri) => workspaceOf(uri) !== undefined));
    assert.deepEqual(
      uris.map((uri) => workspaceOf(uri)?.name),
      ['shop', 'docs', 'later'],
    );
    assert.equal(new Set(uris.map((uri) => workspaceOf(uri)?.id)).size, 3);

    assert.ok(vscode.workspace.updateWorkspaceFolders(2, 1));
    await waitFor('the folder to be gone', () => vscode.workspace.workspaceFolders?.length === 2);
    assert.ok(workspaceOf(third), 'a folder that is closed keeps its workspace');
  });
});
