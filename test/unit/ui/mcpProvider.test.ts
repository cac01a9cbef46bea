import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { Emitter } from '../../../src/util/emitter.ts';
import { nullLog } from '../../../src/util/log.ts';
import { editor, resetEditor } from '../../support/fakeVscode/editor.ts';
import { withFakeVscode } from '../../support/fakeVscode/withFakeVscode.ts';
import { FakeHubApi } from './fakeHubApi.ts';

const { registerMcpProvider } = await withFakeVscode(() => import('../../../src/ui/mcpProvider.ts'));

type Workspaces = ReturnType<Parameters<typeof registerMcpProvider>[0]['workspaces']>;

describe("what the editor's own MCP client is given", () => {
  beforeEach(resetEditor);

  const client = { id: 'workspace01', name: 'app', folder: 'file:///work/client/app' };
  const server = { id: 'workspace02', name: 'app', folder: 'file:///work/server/app' };

  function register(over: { workspaces?: Workspaces; url?: () => Promise<string> } = {}) {
    const changes = new Emitter<void>((error) => assert.ifError(error));
    const window = { workspaces: over.workspaces ?? [client, server] };
    const url = over.url ?? (async () => 'http://127.0.0.1:41837');
    const api = new FakeHubApi({
      getWorkspaceToken: ({ workspaceId }) => ({ token: `token of ${workspaceId}`, mcpUrl: `http://127.0.0.1:41837/mcp/${workspaceId}` }),
    });
    const registered = registerMcpProvider({
      api,
      address: async () => ({ url: await url(), token: 'secret' }),
      onDidChangeAddress: changes.event,
      workspaces: () => window.workspaces,
      version: '1.2.3',
      log: nullLog,
    });
    const provider = editor.mcpProviders.at(-1);
    const token: vscode.CancellationToken = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
    const provide = async (): Promise<vscode.McpHttpServerDefinition[]> => (await provider?.provideMcpServerDefinitions(token)) ?? [];
    const resolve = async (one: vscode.McpHttpServerDefinition | undefined) => {
      assert.ok(one);
      const { uri, headers } = (await provider?.resolveMcpServerDefinition?.(one, token)) ?? {};
      return uri && `${uri.toString()} ${headers?.['Authorization'] ?? 'without a token'}`;
    };
    return { registered, provider, api, window, changes, provide, resolve };
  }

  it('is one server for each folder, told apart by its label also if two folders have one name', async () => {
    const { provide } = register();
    assert.deepEqual(
      (await provide()).map(({ label, uri }) => [label, uri.toString()]),
      [
        ['AgentRQ (client/app)', 'http://127.0.0.1:41837/mcp/workspace01'],
        ['AgentRQ (server/app)', 'http://127.0.0.1:41837/mcp/workspace02'],
      ],
    );
    assert.deepEqual(
      (await register({ workspaces: [client] }).provide()).map(({ label }) => label),
      ['AgentRQ'],
    );
  });

  it('holds no token until the server is started, and then that of its own folder', async () => {
    const { provide, resolve, api } = register();
    const [first, second] = await provide();
    assert.deepEqual([first?.headers, second?.headers, api.calls], [{}, {}, []]);
    assert.equal(await resolve(first), 'http://127.0.0.1:41837/mcp/workspace01 Bearer token of workspace01');
    assert.equal(await resolve(second), 'http://127.0.0.1:41837/mcp/workspace02 Bearer token of workspace02');
  });

  it('is still its own folder’s server after another folder was opened or closed', async () => {
    const { provide, resolve, window } = register({ workspaces: [server] });
    const [alone] = await provide();
    window.workspaces = [client, server];
    await provide();
    assert.match((await resolve(alone)) ?? '', /token of workspace02/);
    window.workspaces = [client];
    assert.equal(await resolve(alone), undefined, 'a token of a folder that is not open any more');
  });

  it('is asked for again when the address or the folders have changed, and no more once it is gone', () => {
    const { registered, provider, changes } = register();
    let heard = 0;
    provider?.onDidChangeMcpServerDefinitions?.(() => (heard += 1));
    changes.fire();
    assert.equal(heard, 1);
    registered.dispose();
    changes.fire();
    assert.deepEqual([heard, editor.mcpProviders], [1, []]);
  });

  it('is nothing as long as there is no hub, and in an editor without an MCP client', async () => {
    const { provide } = register({
      url: async () => {
        throw new Error('no hub');
      },
    });
    assert.deepEqual(await provide(), []);
    resetEditor();
    editor.hasMcp = false;
    assert.equal(register().provider, undefined);
  });
});
