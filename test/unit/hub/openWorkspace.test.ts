import assert from 'node:assert/strict';
import { foldersOf } from '../../../src/hub/service/folders.ts';
import { openWorkspace } from '../../../src/hub/service/workspaces.ts';
import { startTestService } from '../../support/testService.ts';

describe('a workspace', () => {
  const opened = (platform: NodeJS.Platform, ...folders: string[]): number => {
    const { context } = startTestService();
    const machine = { ...context, folders: foldersOf(platform) };
    return new Set(folders.map((folder) => openWorkspace(machine, { name: 'shop', description: '', folder }).id)).size;
  };

  it('is one, in whatever letter case its folder was opened, where that is no difference', () => {
    assert.equal(opened('win32', 'file:///c%3A/Users/me/Shop', 'file:///C:/users/me/shop/', 'file:///c%3A/Users/me/SHOP'), 1);
    assert.equal(opened('darwin', 'file:///Users/me/Shop', 'file:///users/me/shop'), 1);
    assert.equal(opened('linux', 'file:///home/me/Shop', 'file:///home/me/shop'), 2);
    assert.equal(opened('win32', 'file://nas/work/shop', 'file://NAS/Work/shop'), 1);
  });

  it('is another for another folder, and for a folder of another machine', () => {
    assert.equal(opened('win32', 'file:///c%3A/shop', 'file:///d%3A/shop', 'file:///c%3A/shop2', 'file:///c%3A/'), 4);
    assert.equal(opened('darwin', 'vscode-remote://a/shop', 'vscode-remote://b/shop', 'file:///shop', 'vscode-remote://a/Shop'), 4);
  });
});
