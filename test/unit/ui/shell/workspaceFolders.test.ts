import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { HubApi } from '../../../../src/client/hubApi.ts';
import { nullLog } from '../../../../src/util/log.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { board, change, workspace } from '../support/fixtures.ts';

const { openFolders } = await withFakeVscode(() => import('../../../../src/ui/shell/workspaceFolders.ts'));

describe('the workspaces of the folders of a window', () => {
  beforeEach(() => {
    resetEditor();
    editor.folders = ['file:///code/shop', 'file:///code/docs'];
  });

  /** A hub that answers each call when the test lets it, with the ids of the data that it has then. */
  function setUp() {
    const asked: { folder: string | undefined; answer(): void; fail(): void }[] = [];
    const hub = { data: 'a' };
    const call = (_name: string, { name, folder }: { name: string; folder?: string }): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const { data } = hub;
        const opened = {
          id: `${data}-${name}`,
          name,
          description: '',
          ...(folder !== undefined && { folder }),
          createdAt: '',
          updatedAt: '',
        };
        asked.push({ folder, answer: () => resolve({ workspace: opened }), fail: () => reject(new Error('no hub')) });
      });
    const api: HubApi = { call: call as HubApi['call'], upload: async () => assert.fail(), download: async () => assert.fail() };
    const store = new FakeBoardStore(board());
    const clock = createFakeClock();
    const folders = openFolders({ api, board: store, clock, random: () => 0.5, log: nullLog });
    let changes = 0;
    folders.onDidChange(() => (changes += 1));
    const ids = (): string[] => folders.workspaces.map(({ id }) => id);
    const has = (...known: string[]) =>
      board({ workspaces: known.map((id) => workspace({ id, name: id, folder: `file:///code/${id.slice(2)}` })) });
    return { asked, hub, store, clock, folders, ids, has, changes: () => changes };
  }

  it('are those that the hub opens, in the order of the folders', async () => {
    const { asked, folders, ids, changes } = setUp();
    void folders.open();
    for (const one of asked.toReversed()) one.answer();
    await turn();
    assert.deepEqual([ids(), changes()], [['a-shop', 'a-docs'], 1]);
  });

  it('are opened again when the hub came back with other data, at whatever address', async () => {
    const { asked, hub, store, folders, ids, has, changes } = setUp();
    void folders.open();
    for (const one of asked.splice(0)) one.answer();
    await turn();
    store.replace(has('a-shop', 'a-docs', 'a-other'));
    assert.equal(asked.length, 0, 'they are all known');
    hub.data = 'b';
    store.replace(has('b-other'));
    assert.equal(asked.length, 2);
    for (const one of asked.splice(0)) one.answer();
    await turn();
    assert.deepEqual([ids(), changes()], [['b-shop', 'b-docs'], 2]);
  });

  it('are opened again when one stands for another folder, as an event says or what came after a gap', async () => {
    const { asked, hub, store, folders, ids, has } = setUp();
    void folders.open();
    for (const one of asked.splice(0)) one.answer();
    await turn();
    const happen = (id: string, folder: string): void =>
      store.change(change({ type: 'workspace.updated', payload: workspace({ id, folder }) }, store.board));
    happen('a-shop', 'file:///code/shop');
    happen('a-other', 'file:///code/else');
    assert.equal(asked.length, 0, 'what stays as it is, and what is another window’s, changes nothing');
    hub.data = 'b';
    happen('a-shop', 'file:///code/old');
    for (const one of asked.splice(0)) one.answer();
    await turn();
    assert.deepEqual(ids(), ['b-shop', 'b-docs']);
    store.replace(board({ workspaces: [...has('b-docs').workspaces.values(), workspace({ id: 'b-shop', folder: 'file:///code/old' })] }));
    assert.equal(asked.length, 2);
  });

  it('are those of the last time that they were asked for, whichever answer comes last', async () => {
    const { asked, hub, folders, ids } = setUp();
    void folders.open();
    const early = asked.splice(0);
    hub.data = 'b';
    void folders.open();
    for (const one of asked.splice(0)) one.answer();
    await turn();
    for (const one of early) one.answer();
    await turn();
    assert.deepEqual(ids(), ['b-shop', 'b-docs']);
  });

  it('are asked for until the hub has heard, and no more after their end', async () => {
    const { asked, clock, folders, ids } = setUp();
    void folders.open();
    for (const one of asked.splice(0)) one.fail();
    await turn();
    assert.deepEqual([ids(), asked.length], [[], 0]);
    clock.advance(10_000);
    assert.equal(asked.length, 2);
    for (const one of asked.splice(0)) one.answer();
    await turn();
    assert.deepEqual(ids(), ['a-shop', 'a-docs']);
    editor.changedFolders.fire({ added: [], removed: [] });
    for (const one of asked.splice(0)) one.fail();
    await turn();
    folders.dispose();
    clock.advance(60_000);
    assert.equal(asked.length, 0);
  });
});
