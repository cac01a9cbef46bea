import assert from 'node:assert/strict';
import { isElsewhere } from '../../../../src/hub/hooks/isElsewhere.ts';

const workspace = (folder?: string) => ({
  id: '00000000001',
  name: 'shop',
  description: '',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  ...(folder !== undefined && { folder }),
});

describe('a hook that runs in every folder', () => {
  it("is about this workspace in the workspace's folder, below it and above it", () => {
    for (const cwd of ['/home/me/shop', '/home/me/shop/', '/home/me/shop/src/a b', '/home/me', '/']) {
      assert.equal(isElsewhere(workspace('file:///home/me/shop'), { cwd }), false, cwd);
    }
    assert.equal(isElsewhere(workspace('file:///home/me/a%20b'), { cwd: '/home/me/a b' }), false);
  });

  it('is not in another folder, also one whose name begins the same', () => {
    for (const cwd of ['/home/me/shop2', '/home/me/other', '/srv', '/home/me/shop/../other']) {
      assert.equal(isElsewhere(workspace('file:///home/me/shop'), { cwd }), true, cwd);
    }
    assert.equal(isElsewhere(workspace('file:///home/me/shop'), { workspace_roots: ['/srv', '/var'] }), true);
    assert.equal(isElsewhere(workspace('file:///home/me/shop'), { workspace_roots: ['/srv', '/home/me/shop'] }), false);
  });

  it('is taken as it is when nobody knows where it is', () => {
    for (const body of [{}, null, 'x', { cwd: 7 }, { cwd: 'relative' }, { workspace_roots: 'x' }, { workspace_roots: [] }]) {
      assert.equal(isElsewhere(workspace('file:///home/me/shop'), body), false, JSON.stringify(body));
    }
    assert.equal(isElsewhere(workspace(), { cwd: '/srv' }), false, 'a workspace without a folder');
    assert.equal(isElsewhere(workspace('vscode-remote://ssh/home/me'), { cwd: '/srv' }), false);
  });
});
