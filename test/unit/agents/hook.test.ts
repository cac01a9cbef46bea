import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { agentToken, masterSecretFile } from '../../../src/home/agentToken.ts';
import { takeMissed } from '../../../src/home/missedTurns.ts';
import { happenedHeader } from '../../../src/protocol/names.ts';
import { feed } from '../../support/feed.ts';
import { type HubRequest, type PlayedHub, playedSecret, startPlayedHub } from '../../support/playedHub.ts';
import { programs } from '../../support/programs.ts';
import { makeHome } from '../../support/testHub.ts';
import { waitFor } from '../../support/waitFor.ts';

const workspaceId = '0123456789a';

describe('the hook script', () => {
  let home: string;
  let hub: PlayedHub;
  let answer: (request: HubRequest, response: ServerResponse) => void;

  beforeEach(async () => {
    home = makeHome();
    answer = (_request, response) => void response.end('{"decision":"block"}');
    hub = await startPlayedHub(home, (request, response) => answer(request, response));
  });

  afterEach(async () => {
    await hub.close();
    rmSync(home, { recursive: true, force: true });
  });

  function start(args = ['--agent', 'claudeCode', '--workspace', workspaceId, '--home', home]): ChildProcess {
    return spawn(process.execPath, ['--no-warnings', programs.hook, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  }

  /** What an agent sees of it. */
  async function run(event: string | Buffer, args?: string[]): Promise<{ code: unknown; output: string; errors: string }> {
    const child = start(args);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    feed(child.stdin, event);
    const [code, output = [], errors = []] = await Promise.all([ended, child.stdout?.toArray(), child.stderr?.toArray()]);
    return { code, output: Buffer.concat(output as Buffer[]).toString(), errors: Buffer.concat(errors as Buffer[]).toString() };
  }

  it('hands the event to the hub as it is, and its answer to the agent', async () => {
    const event = { hook_event_name: 'Stop', session_id: 's', text: 'ä\u2028' };
    assert.deepEqual(await run(JSON.stringify(event)), { code: 0, output: '{"decision":"block"}', errors: '' });
    const [request] = hub.requests;
    assert.equal(hub.requests.length, 1);
    assert.equal(request?.method, 'POST');
    assert.equal(request?.path, `/hooks/${workspaceId}/claudeCode`);
    assert.deepEqual(request?.body, event);
    assert.equal(request?.headers['content-type'], 'application/json');
    assert.equal(request?.headers.authorization, `Bearer ${agentToken(playedSecret, workspaceId, 1)}`);
  });

  it('says when an event happened that its agent doesn’t wait for', async () => {
    const before = Date.now();
    await run('{}', ['--agent', 'claudeCode', '--workspace', workspaceId, '--home', home, '--later']);
    const happened = Number(hub.requests[0]?.headers[happenedHeader]);
    assert.ok(before - 1 <= happened && happened <= Date.now(), String(happened));
    await run('{}');
    assert.equal(hub.requests[1]?.headers[happenedHeader], undefined);
  });

  it('waits as long as the hub takes, and the hub notices when the agent ends it', async () => {
    let waiting = 0;
    let gone = 0;
    answer = (_request, response) => {
      waiting += 1;
      response.on('close', () => (gone += 1));
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
      const child = start();
      feed(child.stdin, '{}');
      await waitFor('the hook to wait', () => waiting > gone);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      await ended;
      await waitFor('the connection to end', () => waiting === gone);
    }
  });

  const starters: [what: string, line: string][] = [
    ['that has started it', '"$@"; exit'],
    ['whose shell has started it', 'sh -c \'"$@"; exit\' sh "$@"; exit'],
  ];
  for (const [what, line] of starters) {
    it(`ends with the program ${what}, which can no longer be told anything`, async () => {
      let isWaiting = false;
      let isOver = false;
      answer = (_request, response) => {
        isWaiting = true;
        response.on('close', () => (isOver = true));
      };
      const args = ['--no-warnings', programs.hook, '--agent', 'claudeCode', '--workspace', workspaceId, '--home', home];
      const program = spawn('bash', ['-c', line, 'bash', process.execPath, ...args], { stdio: ['pipe', 'ignore', 'ignore'] });
      feed(program.stdin, '{}');
      await waitFor('the hook to wait', () => isWaiting);
      program.kill('SIGKILL');
      await waitFor('the connection to end', () => isOver);
    });
  }

  it('ends with its input where its starter holds that', async () => {
    let isWaiting = false;
    let isOver = false;
    answer = (_request, response) => {
      isWaiting = true;
      response.on('close', () => (isOver = true));
    };
    const child = start(['--agent', 'opencode', '--workspace', workspaceId, '--home', home, '--wait', '--held']);
    child.stdin?.write('{"session_id":"s"}\n');
    await waitFor('the hook to wait', () => isWaiting);
    assert.deepEqual(hub.requests[0]?.body, { session_id: 's' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    assert.equal(await ended, 0);
    await waitFor('the connection to end', () => isOver);
  });

  it('goes on without its starter where its event outlives that', async () => {
    const open = new Map<string, ServerResponse>();
    answer = ({ path }, response) => {
      open.set(path, response);
      response.on('close', () => open.delete(path));
    };
    const line = `"$@" & "$@" --agent codex --outlive & wait`;
    const args = ['--no-warnings', programs.hook, '--agent', 'opencode', '--workspace', workspaceId, '--home', home];
    const program = spawn('bash', ['-c', line, 'bash', process.execPath, ...args], { stdio: ['ignore', 'ignore', 'ignore'] });
    await waitFor('both to wait', () => open.size === 2);
    program.kill('SIGKILL');
    await waitFor('one to end', () => !open.has(`/hooks/${workspaceId}/opencode`));
    const other = open.get(`/hooks/${workspaceId}/codex`) ?? assert.fail('both have ended');
    other.end('{}');
    await waitFor('the other one to be answered', () => open.size === 0);
    assert.ok(other.writableFinished);
  });

  // Windows hands no socket to another program in this way.
  if (process.platform !== 'win32') {
    it('takes its event from what can not be waited for as well', async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const input = connect((server.address() as AddressInfo).port, '127.0.0.1');
      const [[output]] = (await Promise.all([once(server, 'connection'), once(input, 'connect')])) as [[Socket], unknown];
      const args = ['--no-warnings', programs.hook, '--agent', 'codex', '--workspace', workspaceId, '--home', home];
      const child = spawn(process.execPath, args, { stdio: [input, 'pipe', 'ignore'] });
      const ended = once(child, 'exit');
      input.destroy();
      output.write('{"hook_event_');
      output.end('name":"Stop"}');
      assert.deepEqual([await ended, hub.requests[0]?.body], [[0, null], { hook_event_name: 'Stop' }]);
      server.close();
    });
  }

  // Windows has no such signal.
  if (process.platform !== 'win32') {
    it('goes on when the terminal ends where its event outlives that, or where nobody waits for it', async () => {
      for (const flag of ['--outlive', '--later']) {
        let waiting: ServerResponse | undefined;
        answer = (_request, response) => (waiting = response);
        const child = start(['--agent', 'claudeCode', '--workspace', workspaceId, '--home', home, flag]);
        const ended = new Promise((resolve) => child.once('exit', (...how) => resolve(how)));
        feed(child.stdin, '{}');
        await waitFor('the hook to wait', () => waiting !== undefined);
        child.kill('SIGHUP');
        waiting?.end('{}');
        assert.deepEqual(await ended, [0, null], flag);
      }
    });
  }

  describe('where no hub is there', () => {
    const thread = '01a2299d-14a8-7d31-a118-c04990044f92';
    const event = (name: string, id = thread): string => JSON.stringify({ hook_event_name: name, session_id: id, prompt: 'Use tabs.' });
    const args = (agent: string): string[] => ['--agent', agent, '--workspace', workspaceId, '--home', home];

    beforeEach(() => hub.close());

    it('notes of Codex what a session has done last, for the next hub, and no word of it', async () => {
      const before = Date.now();
      for (const name of ['Stop', 'UserPromptSubmit', 'PostToolUse']) {
        assert.deepEqual(await run(event(name), args('codex')), { code: 0, output: '', errors: '' });
      }
      assert.deepEqual(readdirSync(join(home, 'missed')), [`${workspaceId}.${thread}`]);
      assert.match(readFileSync(join(home, 'missed', `${workspaceId}.${thread}`), 'utf8'), /^begun \d{13}$/);
      const [missed, ...others] = takeMissed(home);
      assert.deepEqual([missed?.workspaceId, missed?.sessionId, missed?.turn, others], [workspaceId, thread, 'begun', []]);
      assert.ok(before - 1 <= (missed?.at ?? 0) && (missed?.at ?? 0) <= Date.now());
      assert.deepEqual(takeMissed(home), []);
    });

    it('notes nothing of others, of what is no thread, and into no folder that is gone', async () => {
      await run(event('Stop'), args('claude-code'));
      await run(event('Stop', '../../x'), args('codex'));
      await run('null', args('codex'));
      await run('{', args('codex'));
      assert.ok(!existsSync(join(home, 'missed')));
      rmSync(home, { recursive: true });
      assert.deepEqual(await run(event('Stop'), args('codex')), { code: 0, output: '', errors: '' });
      assert.ok(!existsSync(home));
    });
  });

  it('passes on what is as large as the hub reads, and nothing larger', async () => {
    const event = (bytes: number): Buffer => Buffer.from(JSON.stringify('x'.repeat(bytes - 2)));
    assert.equal((await run(event(4 * 1024 * 1024))).output, '{"decision":"block"}');
    assert.deepEqual(await run(event(4 * 1024 * 1024 + 1)), { code: 0, output: '', errors: '' });
    assert.equal(hub.requests.length, 1);
  });

  const answers: [what: string, answer: (request: HubRequest, response: ServerResponse) => void][] = [
    ['an error', (_request, response) => void response.writeHead(500).end('{"error":{}}')],
    ['that it does not know the token', (_request, response) => void response.writeHead(401).end('{"error":{}}')],
    ['nothing', (_request, response) => void response.writeHead(204).end()],
    ['a redirection', (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['nothing, and ends the connection', (_request, response) => void response.destroy()],
  ];
  for (const [what, behaviour] of answers) {
    it(`stays silent when the hub answers ${what}`, async () => {
      answer = behaviour;
      assert.deepEqual(await run('{}'), { code: 0, output: '', errors: '' });
    });
  }

  it('does not hand half an answer to the agent', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"decision":', () => response.destroy());
    };
    const { code, output } = await run('{}');
    assert.deepEqual([code, output], [0, '']);
  });

  it('stays silent when no hub runs, at once', async () => {
    await hub.close();
    assert.deepEqual(await run('{}'), { code: 0, output: '', errors: '' });
    rmSync(home, { recursive: true });
    assert.deepEqual(await run('{}'), { code: 0, output: '', errors: '' });
  });

  it('ends with 0 whatever is wrong with its arguments or with the files', async () => {
    for (const args of [[], ['--workspace', 'short'], ['--workspace', workspaceId, '--home', home], ['--agent']]) {
      const { code, output } = await run('{}', args);
      assert.deepEqual([code, output], [0, ''], args.join(' '));
    }
    chmodSync(join(home, masterSecretFile), 0o644);
    const { code, output, errors } = await run('{}');
    assert.deepEqual([code, output], [0, '']);
    assert.match(errors, /^AgentRQ: .*master-secret: it must be a plain file/);
    assert.equal(hub.requests.length, 0);
  });
});
