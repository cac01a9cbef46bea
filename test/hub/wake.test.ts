import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installScripts } from '../../src/agents/installScripts.ts';
import type { OpenCodeClient, OpenCodeHooks } from '../../src/agents/openCodeTurns.ts';
import type { Agent } from '../../src/protocol/model.ts';
import { processHeader, wakeFileName } from '../../src/protocol/wake.ts';
import { feed } from '../support/feed.ts';
import { programs } from '../support/programs.ts';
import { openRawSession, type RawMcp, rawMcp } from '../support/rawMcp.ts';
import { openRawStream } from '../support/rawStream.ts';
import { makeHome, startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

const stop = { session_id: 's1', hook_event_name: 'Stop', stop_hook_active: false };
const thread = '01a2299d-14a8-7d31-a118-c04990044f92';

/** What an agent sees of a hook. */
interface Ended {
  code: number | null;
  output: string;
  errors: string;
}

describe('waking', () => {
  let home: string;
  let test: TestHub;
  const children = new Set<ChildProcess>();

  beforeEach(async () => {
    home = makeHome();
    test = await startTestHub({ home });
  });

  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
    await test.dispose();
  });

  const scriptArgs = (agent: string, ...more: string[]): string[] => [
    '--no-warnings',
    programs.hook,
    '--agent',
    agent,
    '--workspace',
    test.workspaceId,
    '--home',
    home,
    ...more,
  ];

  function hook(event: object, agent: string, ...more: string[]): { child: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, scriptArgs(agent, ...more), { stdio: ['pipe', 'pipe', 'pipe'] });
    children.add(child);
    const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
    feed(child.stdin, JSON.stringify(event));
    const ended = Promise.all([code, child.stdout?.toArray(), child.stderr?.toArray()]).then(([status, output, errors]) => ({
      code: status,
      output: Buffer.concat((output ?? []) as Buffer[]).toString(),
      errors: Buffer.concat((errors ?? []) as Buffer[]).toString(),
    }));
    return { child, ended };
  }

  /** An event as an agent with an address sends it. */
  async function post(event: object, agent: string, headers: Record<string, string> = {}): Promise<void> {
    const { hub, workspaceId } = test;
    const authorization = `Bearer ${hub.agentToken(workspaceId)}`;
    const body = JSON.stringify(event);
    const init = { method: 'POST', headers: { authorization, 'content-type': 'application/json', ...headers }, body };
    await (await fetch(`${hub.url}/hooks/${workspaceId}/${agent}`, init)).text();
  }

  const agentRow = async (name: string): Promise<Agent | undefined> =>
    (await test.api.call('getBoard', {})).agents.find((agent) => agent.name === name);
  const hears = (name: string, words: Agent['hears']): Promise<void> =>
    waitFor(`${name} to be said to hear ${words}`, async () => (await agentRow(name))?.hears === words);

  /** A task that this agent works on. */
  async function taskOf(client: RawMcp, meta: Record<string, unknown> = {}): Promise<string> {
    const { workspaceId, api } = test;
    const params = { name: 'createTask', arguments: { title: 'Release', body: 'Write the notes.' }, _meta: meta };
    await (await client.post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params })).whole();
    const { tasks } = await api.call('listTasks', { workspaceId });
    const taskId = tasks[0]?.id ?? assert.fail('no task');
    const move = { name: 'updateTaskStatus', arguments: { taskId, status: 'ongoing' }, _meta: meta };
    await (await client.post({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: move })).whole();
    return taskId;
  }

  /** A program that notes, in `calls`, how it was started. */
  function program(folder: string): string {
    const calls = join(home, 'calls');
    const file = join(folder, 'codex');
    writeFileSync(file, `#!/bin/sh\n{ printf '%s\\n' "$@"; echo --; env; } > ${calls}.part && mv ${calls}.part ${calls}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  function allow(path: string): void {
    const file = join(home, wakeFileName);
    writeFileSync(file, JSON.stringify({ [test.workspaceId]: { codex: { program: path } } }), { mode: 0o600 });
  }

  describe('Claude Code, by a hook that waits', () => {
    let client: RawMcp;
    let taskId: string;

    beforeEach(async () => {
      client = await openRawSession(test.agentAddress(), '2025-11-25', 'claude-code');
      taskId = await taskOf(client);
    });

    afterEach(() => client.close());

    const write = (text = 'Use tabs.'): Promise<unknown> => test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text });

    it('it is told one sentence with the id of the task when the user writes, and nothing of what they said', async () => {
      assert.deepEqual(await hook(stop, 'claude-code').ended, { code: 0, output: '{}', errors: '' });
      assert.equal((await agentRow('claude-code'))?.hears, undefined);
      const { ended } = hook(stop, 'claude-code', '--wait');
      await hears('claude-code', 'now');
      await write();
      assert.deepEqual(await ended, { code: 2, output: '', errors: `The user wrote in AgentRQ: call waitForReply with taskId ${taskId}.` });
      assert.equal((await agentRow('claude-code'))?.hears, 'turnEnd');
      const told = await (await client.call(3, 'waitForReply', { taskId })).whole();
      assert.match(JSON.stringify(told), /Use tabs\./);
    });

    it('what the user wrote before it waited rings at once; what it was given at the end of its turn does not', async () => {
      await write();
      const { output } = await hook(stop, 'claude-code').ended;
      assert.match(output, /Use tabs\./);
      const { ended, child } = hook(stop, 'claude-code', '--wait');
      await hook(stop, 'claude-code').ended;
      await hears('claude-code', 'now');
      assert.equal(child.exitCode, null);
      await write('And spaces.');
      assert.equal((await ended).code, 2);
    });

    it('a newer wait takes the place of the older, and what begins a turn ends it', async () => {
      await hook(stop, 'claude-code').ended;
      const older = hook(stop, 'claude-code', '--wait');
      await hears('claude-code', 'now');
      const newer = hook(stop, 'claude-code', '--wait');
      assert.deepEqual(await older.ended, { code: 0, output: '', errors: '' });
      await hook({ session_id: 's1', hook_event_name: 'UserPromptSubmit', prompt: 'Go on' }, 'claude-code').ended;
      assert.deepEqual(await newer.ended, { code: 0, output: '', errors: '' });
      assert.equal((await agentRow('claude-code'))?.hears, 'turnEnd');
    });

    it('a report that comes late ends no wait that was begun after it', async () => {
      const before = Date.now() - 1_000;
      await hook(stop, 'claude-code').ended;
      const { child } = hook(stop, 'claude-code', '--wait');
      await hears('claude-code', 'now');
      const used = { session_id: 's1', hook_event_name: 'PostToolUse', tool_name: 'Bash', tool_input: { command: 'ls' } };
      await post(used, 'claude-code', { 'agentrq-happened': String(before) });
      // The process of a report may be started after the one that waits, and come later still.
      await post(used, 'claude-code', { 'agentrq-happened': String(Date.now() + 1_000) });
      assert.equal((await agentRow('claude-code'))?.hears, 'now');
      assert.equal(child.exitCode, null);
    });

    it('50 turns leave one hook that waits, which hears of the next word', async () => {
      // A look at the board takes as long as half a start of a hook, so its stream tells when the next one waits.
      const stream = await openRawStream(test.hub);
      const waits: ReturnType<typeof hook>[] = [];
      for (let turn = 1; turn <= 50; turn += 1) {
        await post({ session_id: 's1', hook_event_name: 'UserPromptSubmit', prompt: 'Go on' }, 'claude-code');
        await post(stop, 'claude-code');
        const { length } = stream.presences;
        waits.push(hook(stop, 'claude-code', '--wait'));
        const isSaid = (): boolean => stream.presences.slice(length).some(({ data }) => data.includes('"hears":"now"'));
        await waitFor(`turn ${turn} to leave a hook that waits`, isSaid);
      }
      stream.close();
      const last = waits.pop();
      for (const { ended } of waits) assert.deepEqual(await ended, { code: 0, output: '', errors: '' });
      assert.equal(last?.child.exitCode, null);
      await write();
      assert.equal((await last?.ended)?.code, 2);
    });

    it('it goes on waiting while the hub is away, and hears of what is said after that', async () => {
      await hook(stop, 'claude-code').ended;
      const { ended } = hook(stop, 'claude-code', '--wait');
      await hears('claude-code', 'now');
      await test.hub.close();
      test = await startTestHub({ home });
      await hears('claude-code', 'now');
      await write();
      assert.equal((await ended).code, 2);
    });

    it('it ends with the process that has started it, and is said to be woken no more', async () => {
      await hook(stop, 'claude-code').ended;
      const shell = spawn('sh', ['-c', '"$@"; exit', 'sh', process.execPath, ...scriptArgs('claude-code', '--wait')], {
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      children.add(shell);
      feed(shell.stdin, JSON.stringify(stop));
      await hears('claude-code', 'now');
      shell.kill('SIGKILL');
      await hears('claude-code', undefined);
    });

    it('it ends when the folder of the hub is gone', async () => {
      await hook(stop, 'claude-code').ended;
      const { ended } = hook(stop, 'claude-code', '--wait');
      await hears('claude-code', 'now');
      await test.dispose();
      assert.deepEqual(await ended, { code: 0, output: '', errors: '' });
      test = await startTestHub({ home: makeHome() });
    });

    it('it is told nothing, and does not stay, where the user has turned it off', async () => {
      await test.hub.close();
      test = await startTestHub({ home, wake: false });
      await hook(stop, 'claude-code').ended;
      assert.deepEqual(await hook(stop, 'claude-code', '--wait').ended, { code: 0, output: '', errors: '' });
      assert.equal((await agentRow('claude-code'))?.hears, undefined);
    });
  });

  it('of two sessions of one agent, each is told once: the hook of one repeats nothing that its own call has brought', async () => {
    const begin = async (id: string): Promise<RawMcp> => {
      const client = await openRawSession(test.agentAddress(), '2025-11-25', 'claude-code');
      await client.listen();
      const params = { name: 'getWorkspace', arguments: {}, _meta: { 'claudecode/toolUseId': `use-${id}` } };
      await (await client.post({ jsonrpc: '2.0', id, method: 'tools/call', params })).whole();
      const used = { session_id: id, hook_event_name: 'PostToolUse', tool_name: 'mcp__agentrq__getWorkspace', tool_input: {} };
      await post({ ...used, tool_use_id: `use-${id}` }, 'claude-code');
      return client;
    };
    const [first, second] = [await begin('s1'), await begin('s2')];
    const taskId = await taskOf(first);
    await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text: 'Use tabs.' });
    assert.match(JSON.stringify(await (await first.call(7, 'waitForReply', { taskId })).whole()), /Use tabs\./);
    assert.deepEqual((await hook(stop, 'claude-code').ended).output, '{}');
    const { messages } = await test.api.call('getTask', { workspaceId: test.workspaceId, taskId });
    assert.equal(messages.find(({ sender }) => sender === 'human')?.delivery, 'delivered');
    assert.deepEqual((await hook({ ...stop, session_id: 's2' }, 'claude-code').ended).output, '{}');
    first.close();
    second.close();
  });

  it('two agents that write to each other all day ring nobody, and the first word of the user does', async () => {
    const names = ['claude-code', 'codex-mcp-client'] as const;
    const calls = join(home, 'calls');
    allow(program(home));
    const [claude, codex] = await Promise.all(names.map((name) => openRawSession(test.agentAddress(), '2025-11-25', name)));
    assert.ok(claude !== undefined && codex !== undefined);
    await codex.listen();
    const tasks = [await taskOf(claude), await taskOf(codex, { 'x-codex-turn-metadata': { session_id: thread } })] as const;
    await post(stop, 'claude-code');
    await post({ ...stop, session_id: thread }, 'codex');
    const { ended, child } = hook(stop, 'claude-code', '--wait');
    for (const name of names) await hears(name, 'now');
    for (let index = 0; index < 100; index += 1) {
      // Each into the thread of the other, and each has work for the other; their sessions have ended their turns all the while.
      for (const [client, taskId] of [
        [claude, tasks[1]],
        [codex, tasks[0]],
      ] as const) {
        await (await client.call(`r${index}`, 'reply', { chatId: taskId, text: `I have done part ${index}.` })).whole();
        await (await client.call(`c${index}`, 'createTask', { title: `Part ${index}`, body: 'Look at it.' })).whole();
      }
    }
    assert.equal(child.exitCode, null);
    assert.ok(!existsSync(calls));
    await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId: tasks[0], text: 'Stop.' });
    await waitFor('one of them to be rung', () => child.exitCode === 2 || existsSync(calls));
    child.kill('SIGKILL');
    await ended;
    claude.close();
    codex.close();
  });

  describe('Codex, by its own program', () => {
    let client: RawMcp;
    let calls: string;

    beforeEach(async () => {
      calls = join(home, 'calls');
      client = await openRawSession(test.agentAddress(), '2025-11-25', 'codex-mcp-client');
      await client.listen();
    });

    afterEach(() => client.close());

    /** It works on a task, and ends its turn. */
    async function endsTurn(): Promise<string> {
      const taskId = await taskOf(client, { 'x-codex-turn-metadata': { session_id: thread } });
      assert.deepEqual(await hook({ ...stop, session_id: thread }, 'codex').ended, { code: 0, output: '{}', errors: '' });
      return taskId;
    }

    it('it is started with the thread that has proven itself and the same sentence, in a bounded environment', async () => {
      process.env['AGENTRQ_SECRET_OF_THE_TEST'] = 'x';
      allow(program(home));
      const taskId = await endsTurn();
      await hears('codex-mcp-client', 'now');
      await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text: 'Use tabs.' });
      await waitFor('the program to be started', () => existsSync(calls));
      const [args = '', env = ''] = readFileSync(calls, 'utf8').split('\n--\n');
      assert.equal(
        args,
        ['queue', '--thread', thread, '--message', `The user wrote in AgentRQ: call waitForReply with taskId ${taskId}.`].join('\n'),
      );
      assert.doesNotMatch(env, /SECRET_OF_THE_TEST|Use tabs/);
      delete process.env['AGENTRQ_SECRET_OF_THE_TEST'];
    });

    it('it is not started, and not said to be, without permission, from a folder where agents write, or for what is no thread', async () => {
      const shop = join(home, 'shop');
      mkdirSync(shop);
      const { workspace } = await test.api.call('openWorkspace', { name: 'shop', folder: pathToFileURL(shop).href });
      assert.ok(workspace.id !== test.workspaceId);
      const taskId = await endsTurn();
      assert.equal((await agentRow('codex-mcp-client'))?.hears, undefined);
      allow(program(home));
      chmodSync(join(home, wakeFileName), 0o644);
      assert.deepEqual(await hook({ ...stop, session_id: thread }, 'codex').ended, { code: 0, output: '{}', errors: '' });
      assert.equal((await agentRow('codex-mcp-client'))?.hears, undefined);
      rmSync(join(home, wakeFileName));
      allow(program(shop));
      await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text: 'Use tabs.' });
      await hears('codex-mcp-client', undefined);
      assert.ok(!existsSync(calls));
      rmSync(join(shop, 'codex'));
    });

    it('a thread that another process may go on with is tried, and not said to hear, unless that one is another’s', async () => {
      allow(program(home));
      const taskId = await endsTurn();
      await hears('codex-mcp-client', 'now');
      const write = (): Promise<unknown> => test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text: 'Use tabs.' });
      client.close();
      await hears('codex-mcp-client', undefined);
      await write();
      client = await openRawSession(test.agentAddress(), '2025-11-25', 'codex-mcp-client');
      const meta = { 'x-codex-turn-metadata': { session_id: '01a2299d-14a8-7d31-a118-c04990044f93' } };
      const params = { name: 'getWorkspace', arguments: {}, _meta: meta };
      await (await client.post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params })).whole();
      await client.listen();
      assert.equal((await agentRow('codex-mcp-client'))?.hears, undefined);
      assert.ok(!existsSync(calls));
      client.close();
      client = await openRawSession(test.agentAddress(), '2025-11-25', 'codex-mcp-client');
      await client.listen();
      await waitFor('the program to be started', () => existsSync(calls));
      assert.match(readFileSync(calls, 'utf8'), new RegExp(`^queue\\n--thread\\n${thread}\\n`));
    });

    it('it is still known after the hub has been away', async () => {
      allow(program(home));
      const taskId = await endsTurn();
      const { sessionId } = client;
      client.close();
      await test.hub.close();
      test = await startTestHub({ home });
      client = Object.assign(rawMcp(test.agentAddress()), { sessionId });
      await client.listen();
      await hears('codex-mcp-client', 'now');
      await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text: 'Use tabs.' });
      await waitFor('the program to be started', () => existsSync(calls));
    });

    it('the hub that comes after its first turn knows of it, also when no hub was there at the end of that', async () => {
      allow(program(home));
      const taskId = await taskOf(client, { 'x-codex-turn-metadata': { session_id: thread } });
      const { sessionId } = client;
      client.close();
      await test.hub.close();
      assert.deepEqual(await hook({ ...stop, session_id: thread }, 'codex').ended, { code: 0, output: '', errors: '' });
      test = await startTestHub({ home });
      client = Object.assign(rawMcp(test.agentAddress()), { sessionId });
      await client.listen();
      await hears('codex-mcp-client', 'now');
      await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text: 'Use tabs.' });
      await waitFor('the program to be started', () => existsSync(calls));
    });

    it('what it did while no hub was there is known to the next one', async () => {
      allow(program(home));
      await endsTurn();
      const { sessionId } = client;
      for (const [name, words] of [
        ['UserPromptSubmit', 'turnEnd'],
        ['Stop', 'now'],
      ] as const) {
        client.close();
        await test.hub.close();
        const event = { session_id: thread, hook_event_name: name, prompt: 'Go on.' };
        assert.deepEqual(await hook(event, 'codex').ended, { code: 0, output: '', errors: '' });
        test = await startTestHub({ home });
        client = Object.assign(rawMcp(test.agentAddress()), { sessionId });
        await client.listen();
        await hears('codex-mcp-client', words);
      }
    });

    // Nowhere else a program says what it has open.
    if (process.platform === 'linux') {
      it('a thread that a program has taken up again is known by the file that this has open, before any call', async () => {
        allow(program(home));
        await endsTurn();
        client.close();
        await hears('codex-mcp-client', undefined);
        client = await openRawSession(test.agentAddress(), '2025-11-25', 'codex-mcp-client');
        const file = openSync(join(home, `rollout-2026-11-30T10-12-49-${thread}.jsonl`), 'w');
        await client.send('GET', { headers: { accept: 'text/event-stream', [processHeader]: String(process.pid) } });
        await hears('codex-mcp-client', 'now');
        closeSync(file);
      });
    }
  });

  describe('opencode, by a plugin in its own process', () => {
    let client: RawMcp;
    let rung: { id: string; text: string | undefined }[];
    /** Its sessions that wait, by the plugin. */
    let hooks: OpenCodeHooks;

    const openCode: OpenCodeClient = {
      session: {
        get: async () => ({ data: {} }),
        list: async () => ({ data: [] }),
        messages: async () => ({ data: [{ info: { role: 'user', agent: 'build', model: { providerID: 'p', modelID: 'm' } } }] }),
        async promptAsync({ path: { id }, body: { parts } }) {
          const [part] = parts;
          rung.push({ id, text: part?.text });
          await begins(id, part?.text);
        },
      },
    };
    const begins = (id: string, text = 'Go on.'): Promise<void> =>
      hooks['chat.message']({ sessionID: id }, { parts: [{ type: 'text', text }] });
    const ends = (id: string): Promise<void> => hooks.event({ event: { type: 'session.idle', properties: { sessionID: id } } });
    /** What our bridge adds to each of its calls. */
    const meta = { 'agentrq/process': String(process.pid) };

    async function load(): Promise<void> {
      const { hook: script } = installScripts({ from: dirname(programs.hook), home });
      const { href } = pathToFileURL(join(dirname(script), 'opencode.mjs'));
      // oxlint-disable-next-line import/no-dynamic-require -- its copy in the home folder, as opencode loads it
      const { agentRq } = (await import(href)) as {
        agentRq(input: { client: OpenCodeClient; directory: string }, options: { workspace: string }): Promise<OpenCodeHooks>;
      };
      hooks = await agentRq({ client: openCode, directory: home }, { workspace: test.workspaceId });
    }

    /** A session works on a task of its own. */
    async function works(id: string): Promise<string> {
      await begins(id);
      const taskId = await taskOf(client, meta);
      const tool = `agentrq-${test.workspaceId}_updateTaskStatus`;
      await hooks['tool.execute.after']({ tool, sessionID: id, args: { taskId, status: 'ongoing' } });
      return taskId;
    }

    const write = (taskId: string): Promise<unknown> =>
      test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text: 'Use tabs.' });
    const sentence = (taskId: string): string => `The user wrote in AgentRQ: call waitForReply with taskId ${taskId}.`;

    beforeEach(async () => {
      rung = [];
      client = await openRawSession(test.agentAddress(), '2025-11-25', 'opencode');
      await client.listen();
      await load();
    });

    afterEach(() => client.close());

    it('it is rung with the same sentence when the user writes after its turn, and said to be', async () => {
      const taskId = await works('s1');
      await ends('s1');
      await hears('opencode', 'now');
      await write(taskId);
      await waitFor('it to be rung', () => rung.length > 0);
      assert.deepEqual(rung, [{ id: 's1', text: sentence(taskId) }]);
      await hears('opencode', 'turnEnd');
      assert.match(JSON.stringify(await (await client.call(3, 'waitForReply', { taskId })).whole()), /Use tabs\./);
    });

    it('of two sessions over one connection the one is rung that works on the task, and no other', async () => {
      const tasks: Record<string, string> = {};
      for (const id of ['s1', 's2']) {
        tasks[id] = await works(id);
        await ends(id);
        await hears('opencode', 'now');
      }
      for (const id of ['s1', 's2']) {
        rung = [];
        const taskId = tasks[id] ?? assert.fail();
        await write(taskId);
        await waitFor(`${id} to be rung`, () => rung.length > 0);
        await (await client.call(3, 'waitForReply', { taskId })).whole();
        await ends(id);
        await hears('opencode', 'now');
        assert.deepEqual(rung, [{ id, text: sentence(taskId) }]);
      }
    });

    it('it goes on waiting while the hub is away, and hears of what is said after that', async () => {
      const taskId = await works('s1');
      await ends('s1');
      await hears('opencode', 'now');
      await test.hub.close();
      test = await startTestHub({ home });
      await hears('opencode', 'now');
      await write(taskId);
      await waitFor('it to be rung', () => rung.length > 0);
      assert.deepEqual(rung, [{ id: 's1', text: sentence(taskId) }]);
    });

    it('what the user wrote during its turn is rung for at the end of that', async () => {
      const taskId = await works('s1');
      await write(taskId);
      await ends('s1');
      await waitFor('it to be rung', () => rung.length > 0);
      assert.deepEqual(rung, [{ id: 's1', text: sentence(taskId) }]);
    });

    it('of two programs in one folder each is rung for what is its own, and not again for what it has read', async () => {
      const other = await openRawSession(test.agentAddress(), '2025-11-25', 'opencode');
      await other.listen();
      const programOf = {
        s1: { connection: client, meta: { 'agentrq/process': '101' } },
        s2: { connection: other, meta: { 'agentrq/process': '102' } },
      };
      /** It works on a task of its own, and says so as the plugin does. */
      const takes = async (id: 's1' | 's2'): Promise<string> => {
        const { connection, meta: own } = programOf[id];
        const taskId = await taskOf(connection, own);
        const tool = `agentrq-${test.workspaceId}_updateTaskStatus`;
        const use = { tool_name: tool, tool_input: { taskId }, tool_use_id: own['agentrq/process'] };
        await hook({ hook_event_name: 'PostToolUse', session_id: id, ...use }, 'opencode').ended;
        return taskId;
      };
      const endsTurn = async (id: string): Promise<{ ended: Promise<Ended> }> => {
        await hook({ ...stop, session_id: id }, 'opencode').ended;
        return hook({ ...stop, session_id: id }, 'opencode', '--wait');
      };
      const [first, second] = [await takes('s1'), await takes('s2')];
      const [wait, otherWait] = [await endsTurn('s1'), await endsTurn('s2')];
      await hears('opencode', 'now');
      await write(first);
      assert.equal((await wait.ended).errors, sentence(first));
      assert.match(JSON.stringify(await (await client.call(3, 'waitForReply', { taskId: first })).whole()), /Use tabs\./);
      const again = await endsTurn('s1');
      await hears('opencode', 'now');
      await write(second);
      assert.equal((await otherWait.ended).errors, sentence(second));
      const third = await takes('s1');
      await write(third);
      const last = await endsTurn('s1');
      assert.deepEqual([(await again.ended).code, (await last.ended).errors], [0, sentence(third)]);
      other.close();
    });
  });
});
