import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Workspace } from '../../src/protocol/model.ts';
import { connectAgent } from '../support/testAgent.ts';
import { makeHome, startTestHub, type TestHub } from '../support/testHub.ts';

describe('a folder that was renamed', () => {
  let test: TestHub;
  let root: string;
  const at = (name: string): string => join(root, name);
  const uri = (name: string): string => pathToFileURL(at(name)).href;
  const mv = (from: string, to: string): void => void execFileSync('mv', [at(from), at(to)]);

  /** What a window does with its folder. */
  async function open(name: string): Promise<{ present: Workspace; former: Workspace | undefined }> {
    const { workspace } = await test.api.call('openWorkspace', { name: basename(name), folder: uri(name) });
    return { present: workspace, former: (await test.api.call('noteFolder', { workspaceId: workspace.id })).former };
  }

  /** A folder in which somebody works. */
  async function work(name: string): Promise<string> {
    mkdirSync(at(name), { recursive: true });
    const { present } = await open(name);
    await test.api.call('createTask', { workspaceId: present.id, title: `work in ${name}` });
    return present.id;
  }

  const titles = async (workspaceId: string): Promise<string[]> =>
    (await test.api.call('listTasks', { workspaceId })).tasks.map(({ title }) => title);
  const move = (workspaceId: string, name: string) => test.api.call('moveToFolder', { workspaceId, folder: uri(name) });

  beforeEach(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'agentrq-moved-')));
    test = await startTestHub();
  });

  afterEach(async () => {
    await test.dispose();
    rmSync(root, { recursive: true, force: true });
  });

  it('has its tasks, its rules and its agents again when the user takes them over', async () => {
    const shop = await work('shop');
    await test.api.call('createRule', { workspaceId: shop, text: 'Bash:ls *' });
    const agent = await connectAgent('legacy', test.agentAddress(shop), 'codex');
    await agent.call('askHuman', { question: 'Where to?', wait_s: 0 });
    const hook = async (): Promise<string> => {
      const response = await fetch(`${test.hub.url}/hooks/${shop}/codex`, {
        method: 'POST',
        headers: { authorization: `Bearer ${test.hub.agentToken(shop)}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          hook_event_name: 'PermissionRequest',
          session_id: 's1',
          cwd: at('store'),
          tool_name: 'Bash',
          tool_input: { command: 'ls -la' },
        }),
      });
      return response.text();
    };

    mv('shop', 'store');
    const { present, former } = await open('store');
    assert.deepEqual([former?.id, former?.name, former?.folder], [shop, 'shop', uri('shop')]);
    assert.deepEqual(await titles(present.id), [], 'it begins empty');
    assert.equal(await hook(), '{}', 'it is another folder as yet');

    const { workspace } = await move(shop, 'store');
    assert.deepEqual([workspace.id, workspace.name, workspace.folder], [shop, 'store', uri('store')]);
    const opened = await open('store');
    assert.deepEqual([opened.present.id, opened.former], [shop, undefined]);
    assert.deepEqual(await titles(shop), ['work in shop']);
    assert.deepEqual(
      (await test.api.call('listRules', { workspaceId: shop })).rules.map(({ text }) => text),
      ['Bash:ls *'],
    );
    assert.match(await hook(), /"behavior":"allow"/);
    await agent.createTask('goes on');
    assert.deepEqual(await titles(shop), ['goes on', 'work in shop']);
    await agent.close();
    const { workspaces } = await test.api.call('getBoard', {});
    assert.deepEqual(
      workspaces.filter(({ folder }) => folder !== undefined).map(({ id, folder }) => [id, folder]),
      [
        [shop, uri('store')],
        [present.id, uri('shop')],
      ],
    );
  });

  it('is taken over once, however often that is asked for, and again when it is renamed back', async () => {
    const shop = await work('shop');
    mv('shop', 'store');
    await open('store');
    const { cursor } = await test.api.call('getBoard', {});
    const moved = await Promise.all([move(shop, 'store'), move(shop, 'store')]);
    await move(shop, 'store');
    assert.deepEqual(new Set(moved.map(({ workspace }) => workspace.id)), new Set([shop]));
    const number = (of: string): number => Number(of.split('.')[1]);
    assert.equal(number((await test.api.call('getBoard', {})).cursor) - number(cursor), 2, 'two workspaces have changed');
    mv('store', 'shop');
    assert.equal((await open('shop')).former?.id, shop);
    await move(shop, 'shop');
    assert.equal((await open('shop')).present.id, shop);
  });

  it('is known again by a hub that was started anew, and while a window still shows the path that is gone', async () => {
    await test.dispose();
    const home = makeHome();
    test = await startTestHub({ home });
    const shop = await work('code/shop');
    await test.hub.close();
    mv('code', 'projects');
    test = await startTestHub({ home });
    assert.equal((await open('code/shop')).present.id, shop);
    assert.equal((await open('projects/shop')).former?.id, shop);
  });

  it('is no copy, no other folder, and none that begins anew', async () => {
    const shop = await work('shop');
    execFileSync('cp', ['-a', at('shop'), at('copy')]);
    assert.equal((await open('copy')).former, undefined);
    rmSync(at('shop'), { recursive: true });
    mkdirSync(at('other'));
    assert.equal((await open('other')).former, undefined, 'the system may have given it the same number');
    await assert.rejects(move(shop, 'other'), /not known to be the one that was renamed/);

    const docs = await work('docs');
    mv('docs', 'pages');
    assert.equal((await open('pages')).former?.id, docs);
    await test.api.call('forgetFolder', { workspaceId: docs });
    assert.equal((await open('pages')).former, undefined);
    await assert.rejects(move(docs, 'pages'), { code: 'not_supported' });
  });

  it('is not taken over once somebody works in the new one', async () => {
    const shop = await work('shop');
    mv('shop', 'store');
    assert.equal((await open('store')).former?.id, shop);
    await work('store');
    assert.equal((await open('store')).former, undefined);
    await assert.rejects(move(shop, 'store'), { code: 'not_supported' });
  });

  it('is not asked about when two may have been it', async () => {
    mkdirSync(at('real'));
    execFileSync('ln', ['-s', at('real'), at('link')]);
    await work('real');
    await work('link');
    rmSync(at('link'));
    mv('real', 'store');
    assert.equal((await open('store')).former, undefined);
  });

  it('is no matter of agents', async () => {
    const shop = await work('shop');
    mv('shop', 'store');
    await open('store');
    for (const part of ['folder', 'folder/move', 'folder/forget']) {
      const response = await fetch(`${test.hub.url}/api/v1/workspaces/${shop}/${part}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${test.hub.agentToken(shop)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ folder: uri('store') }),
      });
      assert.equal(response.status, 403);
    }
    assert.equal((await open('store')).former?.id, shop);
  });
});
