import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createBridge } from '../../src/agents/bridge/createBridge.ts';
import { probe } from '../../src/agents/doctor/probe.ts';
import { findHub } from '../../src/agents/findHub.ts';
import { createBoardStore } from '../../src/client/boardStore.ts';
import { createEventStream } from '../../src/client/eventStream.ts';
import { createHubApi } from '../../src/client/hubApi.ts';
import { createHubLink } from '../../src/client/hubLink.ts';
import { agentToken } from '../../src/home/agentToken.ts';
import { readSecret } from '../../src/home/ownHub.ts';
import { createProvenFetch } from '../../src/home/provenFetch.ts';
import { createHubThread } from '../../src/host/hubThread.ts';
import { systemClock } from '../../src/util/clock.ts';
import { nullLog } from '../../src/util/log.ts';
import { bridgeCommand } from '../support/bridgeAgent.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { feed } from '../support/feed.ts';
import { startHubProcess } from '../support/hubProcess.ts';
import { announce } from '../support/playedHub.ts';
import { programs } from '../support/programs.ts';
import { proveAs } from '../support/proveAs.ts';
import { type Stranger, startStranger } from '../support/stranger.ts';
import { makeHome, startTestHub } from '../support/testHub.ts';
import { takeTurnsAtUsualPorts } from '../support/usualPorts.ts';
import { waitFor } from '../support/waitFor.ts';

// Everything of ours that sends a token or obeys an answer, each against another program on the hub's port. `hub.json` names that port,
// and the process that it names is alive, so that nothing but the proof is left to tell them apart.

const userToken = 'the-token-of-the-person'.padEnd(43, 'x');
const workspaceId = '0123456789a';
const toolCall = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'requestPermission', arguments: {} } };
const permission = { hook_event_name: 'PermissionRequest', session_id: 's', tool_name: 'Bash', tool_input: { command: 'ls' } };

interface Place {
  home: string;
  url: string;
}

/** Runs a script as an agent does; what it wrote to stdout. */
async function runScript(name: string, args: string[], input: string): Promise<{ code: unknown; output: string }> {
  const entry = fileURLToPath(new URL(`../../src/agents/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', entry, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  feed(child.stdin, input);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const output = Buffer.concat((await child.stdout.toArray()) as Buffer[]).toString();
  return { code: await ended, output };
}

/** Each sends what it would send to its hub, and fails if it takes the answer for one of the hub. */
const senders: [who: string, send: (place: Place) => Promise<void>][] = [
  [
    'the calls of a window',
    async ({ home, url }) => {
      const fetch = createProvenFetch(() => readSecret(home));
      const api = createHubApi({ address: async () => ({ url, token: userToken }), fetch, clock: impatient() });
      await assert.rejects(api.call('getBoard', {}), { name: 'UserError', message: /Restart Hub/ });
      const file = { name: 'f', mimeType: 'text/plain', bytes: new Uint8Array(3) };
      await assert.rejects(api.upload(workspaceId, file), { code: 'unproven_hub', message: /another program.*Restart Hub/ });
      await assert.rejects(api.download(workspaceId, workspaceId), { code: 'unproven_hub' });
    },
  ],
  [
    'the stream of a window',
    async ({ home, url }) => {
      const fetch = createProvenFetch(() => readSecret(home));
      const address = async () => ({ url, token: userToken });
      const stream = createEventStream({ address, fetch, clock: systemClock, random: () => 0, log: nullLog });
      let events = 0;
      stream.onDidReceive(() => (events += 1));
      stream.onDidReset(() => (events += 1));
      const states: string[] = [];
      stream.onDidChangeState(({ kind }) => states.push(kind));
      stream.start({ epoch: 'log', number: 1 });
      await waitFor('it to be refused twice', () => states.filter((kind) => kind === 'waiting').length > 1);
      assert.deepEqual([states.includes('live'), events], [false, 0]);
      stream.dispose();
    },
  ],
  [
    'the bridge',
    async ({ home }) => {
      const written: unknown[] = [];
      const bridge = createBridge({
        kept: { load: () => ({}), save: () => {} },
        bridgeId: 'test-bridge',
        starter: 4_711,
        workspaceId,
        find: () => findHub({ home, workspaceId }),
        write: async (message) => void written.push(message),
        clock: impatient(),
        log: nullLog,
      });
      bridge.receive(JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params: {} }));
      await waitFor('its answer', () => written.length > 0);
      bridge.receive(JSON.stringify(toolCall));
      await waitFor('the next', () => written.length > 1);
      assert.match(JSON.stringify(written[0]), /is not your AgentRQ, so it was sent nothing.*Open VS Code.*not made/);
      assert.doesNotMatch(JSON.stringify(written), /allow|result/);
      await bridge.close();
    },
  ],
  [
    'the hook script',
    async ({ home }) => {
      const args = ['--agent', 'claude-code', '--workspace', workspaceId, '--home', home];
      assert.deepEqual(await runScript('hook', args, JSON.stringify(permission)), { code: 0, output: '' });
    },
  ],
  [
    'the practice agent',
    async ({ home }) => {
      const { code, output } = await runScript('practiceAgent', ['--workspace', workspaceId, '--home', home], '');
      assert.deepEqual([code, output.includes('connected'), output.includes('failed')], [1, false, true]);
    },
  ],
  [
    'the doctor',
    async ({ home, url }) => {
      const headers = { Authorization: `Bearer ${agentToken(readSecret(home) ?? '', workspaceId, 1)}` };
      const { signal } = new AbortController();
      const direct = await probe({ kind: 'http', url: `${url}/mcp/${workspaceId}`, headers }, { home, cwd: undefined, signal });
      assert.ok(direct.kind === 'unreachable' || direct.kind === 'silent', JSON.stringify(direct));
    },
  ],
];

/** A clock on which a wait takes a moment, and counts in full. */
function impatient() {
  const clock = createFakeClock();
  return { ...clock, after: (ms: number, run: () => void) => systemClock.after(1, () => (clock.advance(ms), run())) };
}

describe('another program on the port of the hub', () => {
  takeTurnsAtUsualPorts();

  let home: string;
  let strangers: Stranger[];

  beforeEach(async () => {
    strangers = [];
    home = makeHome();
    await (await startTestHub({ home })).hub.close();
  });

  afterEach(async () => {
    for (const stranger of strangers) await stranger.close();
    rmSync(home, { recursive: true, force: true });
  });

  async function playStranger(port?: number): Promise<Stranger> {
    const stranger = await startStranger(port === undefined ? {} : { port });
    strangers.push(stranger);
    announce(home, stranger.url);
    return stranger;
  }

  /** A hub that proves itself to the first who asks, and has gone when the proof arrives; a stranger has its port by then. */
  async function proveAndGo(): Promise<{ url: string; taken: Promise<Stranger> }> {
    const secret = readSecret(home) ?? '';
    const taken = Promise.withResolvers<Stranger>();
    const hub = await startStranger({
      answer({ url = '', socket }) {
        const proof = proveAs(secret, url, socket);
        if (proof === undefined) {
          socket.destroy();
          return;
        }
        hub.stopListening();
        void playStranger(hub.port).then((stranger) => {
          socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${proof.length}\r\n\r\n${proof}`);
          taken.resolve(stranger);
        });
      },
    });
    announce(home, hub.url);
    return { url: hub.url, taken: taken.promise };
  }

  function hasHeardNothing(stranger: Stranger): void {
    assert.deepEqual(stranger.tokens(), []);
    for (const request of stranger.heard) assert.match(request, /^GET \/health(\?nonce=[0-9a-f]{32})? \{"host":"127/);
  }

  for (const [who, send] of senders) {
    it(`gets no token of ${who}, and is not obeyed`, async () => {
      const stranger = await playStranger();
      await send({ home, url: stranger.url });
      hasHeardNothing(stranger);
      assert.ok(stranger.taken > 0, 'it was asked to prove itself');
    });

    it(`gets none of ${who} either when it takes the port between the proof and the use`, async () => {
      const { url, taken } = await proveAndGo();
      await send({ home, url });
      hasHeardNothing(await taken);
    });
  }

  it('gets nothing of a bridge that was connected to a hub which was killed', async () => {
    const hub = await startHubProcess({ home });
    const own = hub.workspaces[0]?.id ?? '';
    const { command, args } = bridgeCommand({ home, workspaceId: own });
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const clientInfo = { name: 'agent', version: '1' };
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const say = (message: object): void => void child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    say({ id: 0, method: 'initialize', params });
    await waitFor('it to be connected', () => output.includes('"id":0'));
    say({ method: 'notifications/initialized' });
    await hub.stop('SIGKILL');
    const stranger = await playStranger(Number(new URL(hub.url).port));
    output = '';
    say({ id: 1, method: 'tools/call', params: { name: 'getWorkspace', arguments: {} } });
    await waitFor('the stranger to be asked', () => stranger.taken > 2);
    hasHeardNothing(stranger);
    assert.equal(output, '', 'its answers go nowhere');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await ended;
  });

  it('gets nothing of a window that followed a hub which was killed', async () => {
    const hub = await startHubProcess({ home });
    const fetch = createProvenFetch(() => readSecret(home));
    const address = async () => ({ url: hub.url, token: hub.userToken });
    const stream = createEventStream({ address, fetch, clock: systemClock, random: () => 0, log: nullLog });
    const states: string[] = [];
    stream.onDidChangeState(({ kind }) => states.push(kind));
    const { cursor } = await createHubApi({ address, fetch }).call('getBoard', {});
    const [epoch = '', number] = cursor.split('.');
    stream.start({ epoch, number: Number(number) });
    await waitFor('the stream to be open', () => states.at(-1) === 'live');
    await hub.stop('SIGKILL');
    const stranger = await playStranger(Number(new URL(hub.url).port));
    await waitFor('the stranger to be asked', () => stranger.taken > 1);
    stream.dispose();
    hasHeardNothing(stranger);
    assert.equal(states.filter((kind) => kind === 'live').length, 1);
  });

  it('does not keep a window from its hub: the window goes on at another port', async () => {
    const hub = await startHubProcess({ home, port: 'usual' });
    const thread = createHubThread({
      entry: programs.hub,
      options: () => ({ home, port: undefined, version: '0.0.0', waitSeconds: {} }),
      warn: (notice) => assert.fail(notice.text),
      log: nullLog,
    });
    // The hub that the window starts would be faster than the stranger, and have the port again.
    let strangerIsThere = Promise.resolve();
    const random = (): number => 0;
    const parts = { clock: systemClock, random, log: nullLog };
    const link = createHubLink({
      startHub: async (token) => {
        await strangerIsThere;
        return await thread.start(token);
      },
      token: async () => userToken,
      report: (state) => board.report(state),
      ...parts,
    });
    const address = () => link.address();
    const fetch = createProvenFetch(() => readSecret(home));
    const stream = createEventStream({ address, fetch, ...parts });
    const board = createBoardStore({ api: createHubApi({ address, fetch }), stream, ...parts });
    link.onDidChangeAddress(() => board.start());
    link.onDidReturn(() => board.retryNow());
    board.onDidChangeLink(({ kind }) => kind === 'waiting' && void link.takeOver());
    await link.start();
    await waitFor('the window to follow', () => board.link.kind === 'live');
    assert.equal((await address()).url, hub.url);
    const { promise, resolve } = Promise.withResolvers<void>();
    strangerIsThere = promise;
    await hub.stop('SIGKILL');
    const stranger = await startStranger({ port: Number(new URL(hub.url).port) });
    strangers.push(stranger);
    resolve();
    await waitFor('the window to have a hub again', async () => board.link.kind === 'live' && (await address()).url !== hub.url);
    assert.equal(board.board.workspaces.size, 1);
    hasHeardNothing(stranger);
    await link.stop();
    for (const part of [board, stream, link, thread]) part.dispose();
  });

  it('gets nothing through a proxy of the environment, which nobody asks', async () => {
    const proxy = await startStranger({});
    strangers.push(proxy);
    const env = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy.url, http_proxy: proxy.url, NO_PROXY: '', no_proxy: '' };
    const hub = await startTestHub({ home });
    const program = `
      import { createProvenFetch } from ${JSON.stringify(new URL('../../src/home/provenFetch.ts', import.meta.url).href)};
      import { readSecret } from ${JSON.stringify(new URL('../../src/home/ownHub.ts', import.meta.url).href)};
      const fetch = createProvenFetch(() => readSecret(${JSON.stringify(home)}));
      const response = await fetch(${JSON.stringify(`${hub.hub.url}/api/v1/board`)}, { headers: { authorization: ${JSON.stringify(`Bearer ${hub.hub.userToken}`)} } });
      process.stdout.write(String(response.status));`;
    const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', program], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    assert.equal(Buffer.concat((await child.stdout.toArray()) as Buffer[]).toString(), '200');
    assert.equal(proxy.taken, 0);
    await hub.hub.close();
  });
});
