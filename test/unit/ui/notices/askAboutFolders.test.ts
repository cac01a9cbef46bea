import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import type { Workspace } from '../../../../src/protocol/model.ts';
import { Emitter } from '../../../../src/util/emitter.ts';
import { createLogger } from '../../../../src/util/log.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { english, workspace } from '../support/fixtures.ts';

const { vscodePrompts: prompts } = await withFakeVscode(() => import('../../../../src/ui/shell/vscodePrompts.ts'));
const { askAboutFolders } = await import('../../../../src/ui/notices/askAboutFolders.ts');

const shop = workspace({ id: 'workspace0S', name: 'shop', folder: 'file:///code/shop' });
const store = workspace({ id: 'workspace0N', name: 'store', folder: 'file:///code/store' });

describe('the question about a folder that was renamed', () => {
  beforeEach(() => resetEditor());

  /** A window whose hub says of `former` that it was the folder of what is opened. */
  function setUp(former: Workspace | undefined | Error, opened: readonly Workspace[] = []) {
    let own = opened;
    const changed = new Emitter<void>(assert.ifError);
    const api = new FakeHubApi({
      noteFolder: () => {
        if (former instanceof Error) throw former;
        return { former };
      },
      moveToFolder: () => {
        if (editor.focused) return { workspace: shop };
        throw new HubError('not_supported', 'There is work in it already.');
      },
      forgetFolder: () => ({ workspace: shop }),
    });
    const failures: unknown[] = [];
    const lines: string[] = [];
    const handle = askAboutFolders({
      api,
      prompts,
      workspaces: () => own,
      onDidChangeWorkspaces: changed.event,
      log: createLogger((_, line) => lines.push(line)),
      report: (error) => failures.push(error),
      l10n: english,
    });
    const open = async (...workspaces: Workspace[]): Promise<void> => {
      own = workspaces;
      changed.fire();
      await turn();
    };
    return { api, failures, lines, handle, open, done: () => api.calls.filter(({ name }) => name !== 'noteFolder') };
  }

  it('takes over what belongs to it, if the user says so', async () => {
    const { api, handle, open, done } = setUp(shop);
    assert.deepEqual(api.calls, [], 'the hub has not said yet which workspaces are the window’s');
    await open(store);
    assert.equal(editor.toast.text, 'The folder shop is now called store. Take over its tasks and rules?');
    assert.deepEqual([editor.toast.level, editor.toast.buttons], ['info', ['Take Over', 'Start Empty']]);
    assert.deepEqual(done(), []);
    editor.toast.press('Take Over');
    await turn();
    assert.deepEqual(done(), [{ name: 'moveToFolder', input: { workspaceId: shop.id, folder: store.folder } }]);
    handle.dispose();
    await open(store);
    assert.equal(api.calls.length, 2, 'it has ended');
  });

  it('is settled by beginning anew as well, and comes once in a window', async () => {
    const { open, done } = setUp(shop, [store]);
    await turn();
    await open(store);
    assert.equal(editor.toasts.length, 1);
    editor.toast.press('Start Empty');
    await turn();
    assert.deepEqual(done(), [{ name: 'forgetFolder', input: { workspaceId: shop.id } }]);
  });

  it('changes nothing if it goes away', async () => {
    const { open, done } = setUp(shop, [store]);
    await turn();
    editor.toast.press(undefined);
    await open(store);
    assert.deepEqual([done(), editor.toasts.length], [[], 1]);
  });

  it('names paths where the folder is called as it was, and shows all characters of a name', async () => {
    setUp(workspace({ ...shop, name: 'store' }), [store]);
    await turn();
    assert.match(editor.toast.text, /^The folder \/code\/shop is now called \/code\/store\./);
    setUp(workspace({ ...shop, name: 'sh\u202eop\n' }), [store]);
    await turn();
    assert.doesNotMatch(editor.toast.text, /[\u202e\n]/);
  });

  it('is not asked without a former one, or of a window without folders; and what is refused is said', async () => {
    const none = setUp(undefined, [store]);
    const bare = setUp(shop, [workspace({ name: 'default' })]);
    await turn();
    assert.deepEqual([editor.toasts, bare.api.calls, none.failures], [[], [], []]);
    const gone = setUp(new Error('no hub'), [store]);
    await turn();
    assert.deepEqual([editor.toasts, gone.failures, gone.lines.length], [[], [], 1], 'that the hub is away is said elsewhere');
    const { failures } = setUp(shop, [store]);
    await turn();
    editor.focused = false;
    editor.toast.press('Take Over');
    await turn();
    assert.match(String(failures[0]), /There is work in it already/);
  });
});
