import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isElsewhere as areElsewhere, foldersIn } from '../../../../src/hub/hooks/isElsewhere.ts';
import { type Folders, foldersOf } from '../../../../src/hub/service/folders.ts';
import type { Workspace } from '../../../../src/protocol/model.ts';

const isElsewhere = (workspace: Workspace, body: unknown, folders: Folders) =>
  areElsewhere(workspace, foldersIn(body, folders.platform), folders);

const workspace = (folder?: string) => ({
  id: '00000000001',
  name: 'shop',
  description: '',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  ...(folder !== undefined && { folder }),
});

/** A machine on which there are no links, whatever this one is. */
const plain = (platform: NodeJS.Platform) => foldersOf(platform, (path) => Promise.resolve(path));
const linux = plain('linux');

/** A machine on which these paths lead elsewhere; nothing else is there. */
const linked = (platform: NodeJS.Platform, links: Record<string, string>) =>
  foldersOf(platform, (path) => {
    const real = links[path];
    return real === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(real);
  });

describe('a hook that runs in every folder', () => {
  it("is about this workspace in the workspace's folder and below it", async () => {
    for (const cwd of ['/home/me/shop', '/home/me/shop/', '/home/me/shop/src/a b']) {
      assert.equal(await isElsewhere(workspace('file:///home/me/shop'), { cwd }, linux), false, cwd);
    }
    assert.equal(await isElsewhere(workspace('file:///home/me/a%20b'), { cwd: '/home/me/a b' }, linux), false);
  });

  it('is not in another folder, also one whose name begins the same', async () => {
    for (const cwd of ['/home/me/shop2', '/home/me/other', '/srv', '/home/me/shop/../other']) {
      assert.equal(await isElsewhere(workspace('file:///home/me/shop'), { cwd }, linux), true, cwd);
    }
    assert.equal(await isElsewhere(workspace('file:///home/me/shop'), { workspace_roots: ['/srv', '/var'] }, linux), true);
    assert.equal(await isElsewhere(workspace('file:///home/me/shop'), { workspace_roots: ['/srv', '/home/me/shop'] }, linux), false);
  });

  it('is where the agent has its folders open, whatever the folder of a single command is', async () => {
    const shop = workspace('file:///home/me/shop');
    assert.equal(await isElsewhere(shop, { workspace_roots: ['/home/me/shop'], cwd: '/usr' }, linux), false);
    assert.equal(await isElsewhere(shop, { workspace_roots: ['/home/me/other'], cwd: '/home/me/shop' }, linux), true);
    assert.equal(await isElsewhere(shop, { workspace_roots: ['relative'], cwd: '/usr' }, linux), true, 'no folder is open');
  });

  it('belongs to no workspace in a folder above it, such as the home folder', async () => {
    for (const cwd of ['/home/me', '/home', '/']) {
      assert.equal(await isElsewhere(workspace('file:///home/me/shop'), { cwd }, linux), true, cwd);
    }
  });

  it('is taken as it is when nobody knows where it is', async () => {
    for (const body of [{}, null, 'x', { cwd: 7 }, { cwd: 'relative' }, { workspace_roots: 'x' }, { workspace_roots: [] }]) {
      assert.equal(await isElsewhere(workspace('file:///home/me/shop'), body, linux), false, JSON.stringify(body));
    }
    assert.equal(await isElsewhere(workspace(), { cwd: '/srv' }, linux), false, 'a workspace without a folder');
    assert.equal(await isElsewhere(workspace('vscode-remote://ssh/home/me'), { cwd: '/srv' }, linux), false);
    assert.equal(await isElsewhere(workspace('file://nas/share/shop'), { cwd: '/srv' }, linux), false, 'no path of this machine');
  });

  it('is about a workspace that was opened through a link, and one that was opened by its real path', async () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'agentrq-links-')));
    try {
      mkdirSync(join(root, 'real/proj/src'), { recursive: true });
      mkdirSync(join(root, 'real/other'));
      symlinkSync(join(root, 'real/proj'), join(root, 'link'));
      symlinkSync(join(root, 'real/other'), join(root, 'real/proj/out'));
      const here = foldersOf(process.platform);
      const opened = (name: string) => workspace(pathToFileURL(join(root, name)).href);
      for (const [folder, cwd, elsewhere] of [
        ['link', 'real/proj', false],
        ['link', 'real/proj/src', false],
        ['real/proj', 'link', false],
        ['real/proj', 'link/src', false],
        // A worktree that was deleted under the session.
        ['link', 'real/proj/gone/deeper', false],
        ['real/proj', 'link/gone', false],
        ['link', 'real/other', true],
        ['link', 'real', true],
        // A link in the workspace leads out of it.
        ['real/proj', 'real/proj/out', true],
      ] as const) {
        assert.equal(await isElsewhere(opened(folder), { cwd: join(root, cwd) }, here), elsewhere, `${folder} ← ${cwd}`);
      }
      rmSync(join(root, 'real/proj'), { recursive: true });
      assert.equal(await isElsewhere(opened('real/proj'), { cwd: join(root, 'real/proj/src') }, here), false, 'a folder that is gone');
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('is about a folder below /tmp on macOS, where /tmp is a link, in any letter case', async () => {
    const mac = linked('darwin', { '/': '/', '/tmp': '/private/tmp', '/private': '/private', '/private/tmp': '/private/tmp' });
    for (const cwd of ['/private/tmp/proj', '/private/tmp/proj/src', '/tmp/Proj', '/tmp/proj']) {
      assert.equal(await isElsewhere(workspace('file:///tmp/proj'), { cwd }, mac), false, cwd);
      assert.equal(await isElsewhere(workspace('file:///private/tmp/PROJ'), { cwd }, mac), false, cwd);
    }
    assert.equal(await isElsewhere(workspace('file:///tmp/proj'), { cwd: '/private/tmp/proj2' }, mac), true);
    assert.equal(await isElsewhere(workspace('file:///home/me/Shop'), { cwd: '/home/me/shop' }, linux), true, 'Linux tells case apart');
  });

  it('is about its folder on Windows, however the agent spells it', async () => {
    const windows = plain('win32');
    const folder = workspace('file:///c%3A/Users/me/proj');
    for (const root of [
      '/c:/Users/me/proj',
      '/c/Users/me/proj',
      'C:/Users/me/proj',
      'c:\\Users\\me\\proj\\',
      'C:\\users\\ME\\proj\\src',
      '\\\\?\\C:\\Users\\me\\proj',
    ]) {
      assert.equal(await isElsewhere(folder, { workspace_roots: [root] }, windows), false, root);
      assert.equal(await isElsewhere(folder, { cwd: root }, windows), false, root);
    }
    for (const root of ['/c:/Users/me', '/c/Users/me/proj2', 'D:\\Users\\me\\proj', '\\\\nas\\c\\Users\\me\\proj', '/d/x']) {
      assert.equal(await isElsewhere(folder, { workspace_roots: [root] }, windows), true, root);
    }
    const share = workspace('file://nas/work/proj');
    assert.equal(await isElsewhere(share, { cwd: '\\\\NAS\\work\\proj\\src' }, windows), false);
    assert.equal(await isElsewhere(share, { cwd: '\\\\nas\\home' }, windows), true);
  });

  it('asks no other machine where a path of its leads', async () => {
    const asked: string[] = [];
    const windows = foldersOf('win32', (path) => {
      asked.push(path);
      return Promise.resolve(path);
    });
    await isElsewhere(
      workspace('file:///c%3A/proj'),
      { workspace_roots: ['\\\\evil\\share', '//evil/share', '\\\\?\\UNC\\evil\\x'] },
      windows,
    );
    assert.deepEqual(asked, ['c:\\proj']);
  });
});
