import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { freePort } from '../support/freePort.ts';
import { startHubProcess } from '../support/hubProcess.ts';
import { programs } from '../support/programs.ts';
import { makeHome } from '../support/testHub.ts';

// Programs of ours in an environment that sends everything through a proxy. It is a real one as far as it goes: it takes connections.
describe('a proxy in the environment', () => {
  let proxy: Server;
  let taken: number;
  let env: Record<string, string>;
  const homes: string[] = [];

  before(async () => {
    proxy = createServer((socket) => {
      taken += 1;
      socket.on('error', () => {});
      socket.destroy();
    });
    const port = await freePort();
    await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
    const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
    env = {
      NODE_USE_ENV_PROXY: '1',
      NO_PROXY: '',
      no_proxy: '',
      ...Object.fromEntries(names.map((name) => [name, `http://127.0.0.1:${port}`])),
    };
  });
  beforeEach(() => {
    taken = 0;
  });
  after(async () => {
    await new Promise((resolve) => proxy.close(resolve));
    for (const home of homes) rmSync(home, { recursive: true, force: true });
  });

  const newHome = (): string => {
    const home = makeHome();
    homes.push(home);
    return home;
  };
  const within = (): string =>
    `export ${Object.entries(env)
      .map(([name, value]) => `${name}='${value}'`)
      .join(' ')} ; exec "$@"`;

  /** What a program of ours says when it has read this, in that environment. */
  async function run(args: readonly string[], input: string, until: (output: string) => boolean): Promise<string> {
    const child = spawn(process.execPath, ['--no-warnings', ...args], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (until(output)) child.stdin.end();
    });
    // It may have ended before it has read anything.
    child.stdin.on('error', () => {});
    child.stdin.write(input);
    if (until('')) child.stdin.end();
    await ended;
    return output;
  }

  it('is one that other programs go through', async () => {
    await run(['-e', 'fetch("http://127.0.0.1:40000/").catch(() => {})'], '', () => true);
    assert.notEqual(taken, 0);
  });

  it('is not gone through by the hub, a second one, the bridge or the hook', async () => {
    const home = newHome();
    const hub = await startHubProcess({ home, within: within() });
    const port = Number(new URL(hub.url).port);
    await assert.rejects(
      startHubProcess({ home: newHome(), port, within: within() }),
      /Another AgentRQ hub, of another user or another folder/,
    );
    await assert.rejects(startHubProcess({ home, within: within() }), /hub runs with the folder .* already, on port/);

    const workspaceId = hub.workspaces[0]?.id ?? '';
    const ours = ['--workspace', workspaceId, '--home', home];
    const hello = {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'a', version: '1' } },
    };
    const said = await run([programs.bridge, ...ours], `${JSON.stringify(hello)}\n`, (output) => output.includes('\n'));
    assert.match(said, /"serverInfo"/);

    const event = JSON.stringify({ hook_event_name: 'Stop', session_id: 's', cwd: home });
    assert.equal(await run([programs.hook, '--agent', 'claude-code', ...ours], event, () => true), '{}');
    await hub.stop('SIGTERM');
    assert.equal(taken, 0);
  });
});
