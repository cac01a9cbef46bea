import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { Emitter } from '../../../../src/util/emitter.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';

const { registerMcpProvider } = await withFakeVscode(() => import('../../../../src/ui/connect/mcpProvider.ts'));

type Workspaces = ReturnType<Parameters<typeof registerMcpProvider>[0]['workspaces']>;

describe("what the editor's own MCP client is given", () => {
  beforeEach(resetEditor);

  const client = { id: 'workspace01', name: 'app', folder: 'file:///code/client/app' };
  const server = { id: 'workspace02', name: 'app', folder: 'file:///code/server/app' };

  function register(workspaces: Workspaces = [client, server]) {
    const changes = new Emitter<void>((error) => assert.ifError(error));
    const window = { workspaces };
    const registered = registerMcpProvider({
      onDidChangeWorkspaces: changes.event,
      workspaces: () => window.workspaces,
      bridge: '/extension/dist/bridge.cjs',
      home: () => '/home/me/.agentrq',
      version: '1.2.3',
    });
    const provider = editor.mcpProviders.at(-1);
    const token: vscode.CancellationToken = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
    const provide = async (): Promise<vscode.McpStdioServerDefinition[]> => (await provider?.provideMcpServerDefinitions(token)) ?? [];
    return { registered, provider, window, changes, provide };
  }

  it('is one server for each folder, told apart by its label also if two folders have one name', async () => {
    const { provide } = register();
    assert.deepEqual(
      (await provide()).map(({ label, args }) => [label, args.slice(1, 3)]),
      [
        ['AgentRQ (client/app)', ['--workspace', 'workspace01']],
        ['AgentRQ (server/app)', ['--workspace', 'workspace02']],
      ],
    );
    assert.deepEqual(
      (await register([client]).provide()).map(({ label }) => label),
      ['AgentRQ'],
    );
  });

  it('is the bridge, which finds the hub and lets it prove itself: no address and no token', async () => {
    const [first] = await register([client]).provide();
    assert.equal(first?.command, process.execPath);
    assert.deepEqual(first.args, ['/extension/dist/bridge.cjs', '--workspace', 'workspace01', '--home', '/home/me/.agentrq']);
    assert.deepEqual(first.env, { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: null });
    assert.doesNotMatch(JSON.stringify(first), /http|token|arq_/);
  });

  it('is no server of a folder that was closed', async () => {
    const { provide, window } = register();
    window.workspaces = [client];
    assert.deepEqual(
      (await provide()).map(({ args }) => args[2]),
      ['workspace01'],
    );
  });

  it('is asked for again when the folders have changed, and no more once it is gone', () => {
    const { registered, provider, changes } = register();
    let heard = 0;
    provider?.onDidChangeMcpServerDefinitions?.(() => (heard += 1));
    changes.fire();
    assert.equal(heard, 1);
    registered.dispose();
    changes.fire();
    assert.deepEqual([heard, editor.mcpProviders], [1, []]);
  });

  it('is nothing as long as the hub has not said which workspaces these are, and in an editor without an MCP client', async () => {
    assert.deepEqual(await register([]).provide(), []);
    resetEditor();
    editor.hasMcp = false;
    assert.equal(register().provider, undefined);
  });
});
