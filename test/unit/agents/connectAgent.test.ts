import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { parseTree } from 'jsonc-parser';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import {
  type AgentId,
  agentIds,
  applyPlan,
  ConfigError,
  type ConnectionRequest,
  hookDialects,
  listConnections,
  planConnection,
  planDisconnection,
} from '../../../src/agents/config/connectAgent.ts';
import { valueOf } from '../../../src/agents/config/jsonTree.ts';
import { unaskedTools } from '../../../src/protocol/unaskedTools.ts';
import { type AgentMachine, agentMachine } from '../../support/agentMachine.ts';
import { agentFiles, fixture, reach, spellings, workspaceId } from './configFixtures.ts';

describe('connecting an agent', () => {
  let machine: AgentMachine;
  beforeEach(() => {
    machine = agentMachine({ git: async () => 128 });
  });
  afterEach(() => machine.dispose());

  async function connect(request: Partial<ConnectionRequest> & { agent: AgentId }) {
    const plan = await planConnection(machine, {
      workspaceId,
      folder: machine.project,
      reach: request.agent === 'agentHost' || request.agent === 'vscode' ? { transport: 'bridge' } : reach,
      hooks: true,
      ...request,
    });
    await applyPlan(machine, plan);
    return plan;
  }

  async function disconnect(agent: AgentId, id = workspaceId) {
    const plan = await planDisconnection(machine, { agent, workspaceId: id, folder: machine.project });
    await applyPlan(machine, plan);
    return plan;
  }

  function read(path: string): unknown {
    const text = machine.text(path)?.replace('\uFEFF', '') ?? '';
    if (path.endsWith('.toml')) return getStaticTOMLValue(parseTOML(text));
    const errors: [] = [];
    const root = parseTree(text, errors, { allowTrailingComma: true });
    assert.deepEqual(errors, []);
    return root && JSON.parse(JSON.stringify(valueOf(root)));
  }

  for (const agent of agentIds) {
    for (const [name, spell] of Object.entries(spellings)) {
      it(`and disconnecting ${agent} leaves files ${name} as they were, byte for byte`, async () => {
        for (const [path, text] of Object.entries(agentFiles[agent](machine))) machine.put(path, spell(text, path));
        const before = machine.everything();
        for (const how of [{ hooks: true }, { hooks: false, reach: { transport: 'bridge' } }] as const) {
          const plan = await connect({ agent, ...how });
          assert.notEqual(plan.edits.length, 0);
          for (const { file, present, next } of plan.edits) {
            assert.equal(machine.text(file), next);
            if (present?.includes('\r\n')) assert.doesNotMatch(next ?? '', /[^\r]\n/, 'one kind of line ends');
            assert.match(JSON.stringify(read(file)), /agentrq/);
          }
          await disconnect(agent);
          assert.deepEqual(machine.everything(), before);
        }
        assert.deepEqual(await listConnections(machine), []);
      });
    }

    it(`to a new address replaces what ${agent} had, and is undone all the same`, async () => {
      for (const [path, text] of Object.entries(agentFiles[agent](machine))) machine.put(path, text);
      const before = machine.everything();
      await connect({ agent, reach: { transport: 'bridge' } });
      const once = machine.everything();
      if (agent !== 'agentHost' && agent !== 'vscode') {
        await connect({ agent, reach: { ...reach, mcpUrl: reach.mcpUrl.replace('41837', '50000') } });
        assert.match(JSON.stringify(machine.everything()), /50000/);
      }
      await connect({ agent, reach: { transport: 'bridge' } });
      assert.deepEqual(machine.everything(), once);
      await disconnect(agent);
      assert.deepEqual(machine.everything(), before);
    });

    it(`in another spelling of the folder is the same connection of ${agent}, where letter case is no difference`, async () => {
      const mac: AgentMachine = { ...machine, platform: 'darwin' };
      const request = { agent, workspaceId, reach: { transport: 'bridge' }, hooks: true } as const;
      const before = machine.everything();
      await applyPlan(mac, await planConnection(mac, { ...request, folder: machine.project }));
      const once = machine.everything();
      await applyPlan(mac, await planConnection(mac, { ...request, folder: machine.project.toUpperCase() }));
      assert.deepEqual(machine.everything(), once);
      assert.equal((await listConnections(mac)).length, 1);
      await applyPlan(mac, await planDisconnection(mac, { agent, workspaceId, folder: machine.project.toUpperCase() }));
      assert.deepEqual(machine.everything(), before);
    });

    it(`for two workspaces leaves nothing behind in either order of disconnecting ${agent}`, async () => {
      const second = '1h8b1P7TX5V';
      const everything = { ...agentFiles[agent](machine) };
      for (const present of [everything, Object.fromEntries(Object.keys(everything).map((path) => [path, undefined]))]) {
        for (const [path, text] of Object.entries(present)) machine.put(path, text);
        const before = machine.everything();
        for (const order of [
          [workspaceId, second],
          [second, workspaceId],
        ]) {
          await connect({ agent });
          await connect({ agent, workspaceId: second });
          const count = () => JSON.stringify(machine.everything()).split(workspaceId).length;
          const once = count();
          await connect({ agent });
          assert.equal(count(), once, 'nothing is there twice');
          for (const id of order) await disconnect(agent, id);
          assert.deepEqual(machine.everything(), before);
        }
        for (const path of Object.keys(everything)) machine.put(path, undefined);
      }
    });

    it(`goes along with the folder when that is renamed, and leaves nothing of ${agent} behind`, async () => {
      const everything = { ...agentFiles[agent](machine) };
      const folder = `${machine.project} of before`;
      for (const present of [everything, {}]) {
        for (const path of Object.keys(everything)) machine.put(path, (present as Record<string, string>)[path]);
        const renamed = (files: Record<string, string>) =>
          Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(/^\/a project/, '/a project of before'), text]));
        const before = machine.everything();
        await connect({ agent });
        renameSync(machine.project, folder);
        await applyPlan(machine, await planDisconnection(machine, { agent, workspaceId, folder }));
        assert.deepEqual(machine.everything(), renamed(before), 'disconnected');
        assert.deepEqual(await listConnections(machine), []);

        renameSync(folder, machine.project);
        await connect({ agent });
        renameSync(machine.project, folder);
        const count = () => JSON.stringify(machine.everything()).split(workspaceId).length;
        const once = count();
        await connect({ agent, folder });
        assert.equal(count(), once, 'nothing is there twice');
        assert.deepEqual(
          (await listConnections(machine)).map((one) => one.folder),
          [folder],
        );
        await applyPlan(machine, await planDisconnection(machine, { agent, workspaceId, folder }));
        assert.deepEqual(machine.everything(), renamed(before), 'connected again, and disconnected');
        renameSync(folder, machine.project);
      }
    });

    it(`never overwrites an entry of ${agent} with the same name`, async () => {
      await connect({ agent });
      machine.put(join(machine.home, 'connections.json'), undefined);
      const before = machine.everything();
      await assert.rejects(connect({ agent, hooks: false }), { code: 'taken', message: /agentrq-0h8b1P7TX5V.*Remove or rename it there/ });
      assert.deepEqual(machine.everything(), before);
    });

    it(`refuses a file of ${agent} that doesn’t parse, with its line`, async () => {
      const [path] = Object.keys(agentFiles[agent](machine)) as [string];
      for (const text of path.endsWith('.toml') ? ['a = 1\nb = \n'] : ['{\n  "a" 1\n}', '{\n\n"a": 1', '{\n"a": 1}\n}\n']) {
        machine.put(path, text);
        const before = machine.everything();
        await assert.rejects(connect({ agent }), (error: Error) => {
          assert.ok(error instanceof ConfigError && error.code === 'unreadable');
          assert.ok(error.message.startsWith(`${path} can’t be read: line `), error.message);
          assert.match(error.message, /line [23]: /);
          return true;
        });
        assert.deepEqual(machine.everything(), before);
      }
    });
  }

  const script = (name: string) => join(machine.home, 'bin', name);
  const url = reach.mcpUrl;
  const headers = { Authorization: `Bearer ${reach.token}`, 'agentrq-wait-seconds': '3590' };
  const name = `agentrq-${workspaceId}`;
  const bridge = (...wait: string[]) => ({
    command: 'node',
    args: [script('bridge.cjs'), '--workspace', workspaceId, ...wait],
    env: { NODE_OPTIONS: '' },
  });
  const patientBridge = () => bridge('--wait-seconds', '3590');
  const hook = (dialect: string) => `NODE_OPTIONS= node ${script('hook.cjs')} --agent ${dialect} --workspace ${workspaceId}`;

  const stop = (dialect: string) =>
    `sh -c 'if [ -e ${machine.home}/stops/${workspaceId} ]; then ${hook(dialect)}; else cat >/dev/null; fi'`;

  it('writes what each agent understands', async () => {
    const at = (path: string, value: unknown) => ({ path, value });
    const home = machine.userHome;
    const approved = Object.fromEntries(unaskedTools.map((tool) => [tool, { approval_mode: 'approve' }]));
    const allowed = Object.fromEntries(unaskedTools.map((tool) => [`${name}_${tool}`, 'allow']));
    const expected: { [K in AgentId]?: { http?: { path: string; value: unknown }; bridge: unknown } } = {
      claudeCode: {
        http: at(join(home, '.claude.json'), {
          projects: {
            [machine.project]: { mcpServers: { [name]: { type: 'http', url, headers, timeout: 3_600_000, alwaysLoad: true } } },
          },
        }),
        bridge: {
          projects: {
            [machine.project]: { mcpServers: { [name]: { type: 'stdio', ...patientBridge(), timeout: 3_600_000, alwaysLoad: true } } },
          },
        },
      },
      codex: {
        http: at(join(home, '.codex', 'config.toml'), {
          mcp_servers: { [name]: { url, http_headers: headers, tool_timeout_sec: 3_600, tools: approved } },
        }),
        bridge: { mcp_servers: { [name]: { ...patientBridge(), tool_timeout_sec: 3_600, tools: approved } } },
      },
      geminiCli: {
        http: at(join(home, '.gemini', 'settings.json'), {
          mcpServers: { [name]: { httpUrl: url, headers, timeout: 3_600_000 } },
          tools: { allowed: unaskedTools.map((tool) => `mcp_${name}_${tool}`) },
        }),
        bridge: {
          mcpServers: { [name]: { ...patientBridge(), timeout: 3_600_000 } },
          tools: { allowed: unaskedTools.map((tool) => `mcp_${name}_${tool}`) },
        },
      },
      copilotCli: {
        http: at(join(home, '.copilot', 'mcp-config.json'), {
          mcpServers: { [name]: { type: 'http', url, headers, tools: ['*'], timeout: 3_600_000 } },
        }),
        bridge: { mcpServers: { [name]: { type: 'local', ...patientBridge(), tools: ['*'], timeout: 3_600_000 } } },
      },
      cursor: {
        http: at(join(home, '.cursor', 'mcp.json'), {
          mcpServers: { [name]: { url, headers: { Authorization: headers.Authorization } } },
        }),
        bridge: { mcpServers: { [name]: bridge() } },
      },
      cline: {
        http: at(join(home, '.cline', 'data', 'settings', 'cline_mcp_settings.json'), {
          mcpServers: { [name]: { type: 'streamableHttp', url, headers, timeout: 3_600, disabled: false, autoApprove: unaskedTools } },
        }),
        bridge: {
          mcpServers: { [name]: { type: 'stdio', ...patientBridge(), timeout: 3_600, disabled: false, autoApprove: unaskedTools } },
        },
      },
      opencode: {
        http: at(join(home, '.config', 'opencode', 'opencode.json'), {
          mcp: { [name]: { type: 'remote', url, headers, oauth: false, enabled: true, timeout: 3_600_000 } },
          permission: allowed,
        }),
        bridge: {
          mcp: {
            [name]: {
              type: 'local',
              command: ['node', ...patientBridge().args],
              environment: patientBridge().env,
              enabled: true,
              timeout: 3_600_000,
            },
          },
          permission: allowed,
        },
      },
    };
    for (const [agent, { http, bridge: byScript }] of Object.entries(expected)) {
      await connect({ agent: agent as AgentId, hooks: false });
      assert.deepEqual(read(http?.path ?? ''), http?.value, agent);
      await connect({ agent: agent as AgentId, hooks: false, reach: { transport: 'bridge' } });
      assert.deepEqual(read(http?.path ?? ''), byScript, agent);
      assert.doesNotMatch(JSON.stringify(machine.everything()), /arq_|41837/, 'the bridge needs no token and no port');
    }
    await connect({ agent: 'vscode', hooks: false });
    assert.deepEqual(read(join(machine.project, '.vscode', 'mcp.json')), { servers: { [name]: { type: 'stdio', ...bridge() } } });
    await connect({ agent: 'agentHost', hooks: false });
    assert.deepEqual(read(join(machine.project, '.mcp.json')), {
      mcpServers: { [name]: { type: 'stdio', ...patientBridge(), tools: ['*'], timeout: 3_600_000 } },
    });
  });

  it('writes the hooks that each agent has', async () => {
    const events = (list: readonly (readonly [string, unknown])[]) => {
      const valuesOf = (event: string) => list.filter(([other]) => other === event).map(([, value]) => value);
      return { hooks: Object.fromEntries(list.map(([event]) => [event, valuesOf(event)])) };
    };
    const command = (dialect: string, timeout: number, more = {}) => ({
      hooks: [{ ...more, type: 'command', command: hook(dialect), timeout }],
    });
    const later = (line: string) => ({ hooks: [{ type: 'command', command: line, async: true, timeout: 30 }] });
    const quiet = `${machine.home}/quiet/${workspaceId}`;
    const settled = `sh -c 'if [ -e ${quiet} ]; then cat >/dev/null; else ${hook('claude-code')} --later; fi'`;
    await connect({ agent: 'claudeCode' });
    const { permissions, ...hooksOfClaude } = read(join(machine.project, '.claude', 'settings.local.json')) as { permissions: unknown };
    assert.deepEqual(permissions, { allow: unaskedTools.map((tool) => `mcp__${name}__${tool}`) });
    assert.deepEqual(
      hooksOfClaude,
      events([
        ['PermissionRequest', command('claude-code', 86_400)],
        ...['Stop', 'Notification', 'UserPromptSubmit', 'SessionEnd'].map((event) => [event, command('claude-code', 30)] as const),
        ...['PostToolUse', 'PostToolUseFailure', 'PermissionDenied', 'SubagentStop'].map(
          (event) => [event, later(`${hook('claude-code')} --later`)] as const,
        ),
        ['PostToolBatch', later(settled)],
        ['PreToolUse', { hooks: [{ type: 'command', command: stop('claude-code'), timeout: 30 }] }],
        ['PreToolUse', { matcher: `mcp__${name}__(updateTaskStatus|reply)`, ...command('claude-code', 30) }],
      ]),
    );
    await connect({ agent: 'codex' });
    assert.deepEqual(
      read(join(machine.userHome, '.codex', 'hooks.json')),
      events([
        ['PermissionRequest', command('codex', 600)],
        ...['Stop', 'UserPromptSubmit', 'PostToolUse'].map((event) => [event, command('codex', 30)] as const),
        ['PreToolUse', { hooks: [{ type: 'command', command: stop('codex'), timeout: 30 }] }],
        ['PreToolUse', { matcher: 'request_user_input', ...command('codex', 30) }],
      ]),
    );
    await connect({ agent: 'geminiCli' });
    assert.partialDeepStrictEqual(
      read(join(machine.userHome, '.gemini', 'settings.json')),
      events(
        ['AfterAgent', 'Notification', 'BeforeAgent', 'SessionEnd'].map((event) => [event, command('gemini', 30_000, { name: 'agentrq' })]),
      ),
    );
    const ofGemini = read(join(machine.userHome, '.gemini', 'settings.json')) as { hooks: Record<string, unknown> };
    assert.deepEqual(ofGemini.hooks['BeforeTool'], [
      { matcher: `mcp_${name}_(updateTaskStatus|reply)`, ...command('gemini', 30_000, { name: 'agentrq' }) },
      { hooks: [{ name: 'agentrq', type: 'command', command: stop('gemini'), timeout: 30_000 }] },
    ]);
    assert.deepEqual(ofGemini.hooks['AfterTool'], [
      { matcher: 'ask_user|exit_plan_mode', ...command('gemini', 30_000, { name: 'agentrq' }) },
    ]);
    await connect({ agent: 'copilotCli' });
    assert.deepEqual(read(join(machine.userHome, '.copilot', 'hooks', `${name}.json`)), {
      version: 1,
      ...events([
        ...['Stop', 'notification', 'UserPromptSubmit', 'PostToolUse', 'SessionEnd'].map(
          (event) => [event, { type: 'command', bash: hook('copilot'), timeoutSec: 30 }] as const,
        ),
        ['PreToolUse', { type: 'command', bash: stop('copilot'), timeoutSec: 30 }],
      ]),
    });
    await connect({ agent: 'cursor' });
    assert.deepEqual(read(join(machine.userHome, '.cursor', 'hooks.json')), {
      version: 1,
      ...events([['stop', { command: hook('cursor'), timeout: 30 }]]),
    });
  });

  it('notes hooks for those only that have them', async () => {
    for (const agent of agentIds) await connect({ agent });
    const noted = (await listConnections(machine)).filter(({ hooks }) => hooks).map(({ agent }) => agent);
    assert.deepEqual(noted, Object.keys(hookDialects));
    for (const agent of agentIds) await disconnect(agent);
    assert.deepEqual(machine.everything(), { '/home': 'folder', '/a project': 'folder' });
  });

  it('gives Claude Code the address itself where the file may hold a token', async () => {
    machine.git = async (_folder, args) => (args[0] === 'ls-files' ? 1 : 0);
    await connect({ agent: 'claudeCode' });
    assert.partialDeepStrictEqual(read(join(machine.project, '.claude', 'settings.local.json')), {
      hooks: {
        PermissionRequest: [
          {
            hooks: [
              {
                type: 'http',
                url: `http://127.0.0.1:41837/hooks/${workspaceId}/claude-code`,
                headers: { Authorization: `Bearer ${reach.token}` },
                timeout: 86_400,
              },
            ],
          },
        ],
      },
    });
  });

  it('writes the second shape of opencode where it is used, into the file that is there', async () => {
    const path = join(machine.userHome, '.config', 'opencode', 'opencode.jsonc');
    machine.put(path, fixture('opencodeSecond.json', machine.project));
    const before = machine.everything();
    await connect({ agent: 'opencode' });
    assert.partialDeepStrictEqual(read(path), {
      mcp: { servers: { [name]: { type: 'remote', url, headers, oauth: false, timeout: { request: 3_600_000 } } } },
    });
    await disconnect('opencode');
    assert.deepEqual(machine.everything(), before);
  });

  it('connects every folder if the workspace has none', async () => {
    const request = { agent: 'claudeCode', workspaceId, reach, hooks: true } as const;
    await applyPlan(machine, await planConnection(machine, request));
    assert.partialDeepStrictEqual(read(join(machine.userHome, '.claude.json')), { mcpServers: { [name]: { type: 'http' } } });
    assert.partialDeepStrictEqual(read(join(machine.userHome, '.claude', 'settings.json')), { hooks: { Stop: [{}] } });
    await assert.rejects(planConnection(machine, { ...request, agent: 'agentHost', reach: { transport: 'bridge' } }), /Open the folder/);
  });

  it('keeps hooks and servers of others as they are, and ours beside them', async () => {
    for (const [path, text] of Object.entries(agentFiles.geminiCli(machine))) machine.put(path, text);
    const [path] = Object.keys(agentFiles.geminiCli(machine)) as [string];
    const before = machine.text(path) ?? '';
    await connect({ agent: 'geminiCli' });
    const after = machine.text(path) ?? '';
    // The comment stays where it was, and the line of ours comes after it.
    assert.match(after, /\n {4}\}, \/\/ end of filesystem\n {4}\/\/ another one comes here\n {4}"agentrq-0h8b1P7TX5V": \{\n/);
    const lines = before
      .replace('} // end', '}, // end')
      .replace('"AfterAgent": []', '"AfterAgent": [')
      .replace('"oauth-personal" } }', '"oauth-personal" } },')
      .split('\n');
    for (const line of lines) assert.ok(after.split('\n').includes(line), line);
  });

  it('refuses a place that is something else', async () => {
    const path = join(machine.userHome, '.gemini', 'settings.json');
    for (const text of ['[]', '3', '{"mcpServers": []}', '{"mcpServers": null}', '{"hooks": {"AfterAgent": {}}}']) {
      machine.put(path, text);
      await assert.rejects(connect({ agent: 'geminiCli' }), { code: 'unfit' }, text);
      assert.equal(machine.text(path), text);
    }
    machine.put(path, '{"mcpServers": {}, "mcpServers": {"a": 1}, "hooks": {}, "hooks": {}}');
    await connect({ agent: 'geminiCli' });
    await disconnect('geminiCli');
    const oldMac = '{\r"a": 1 // one\r}';
    machine.put(path, oldMac);
    await connect({ agent: 'geminiCli' });
    assert.equal((read(path) as { a: unknown }).a, 1);
    await disconnect('geminiCli');
    assert.equal(machine.text(path), oldMac);
    const toml = join(machine.userHome, '.codex', 'config.toml');
    machine.put(toml, 'mcp_servers = { docs = { command = "x" } }\n');
    await assert.rejects(connect({ agent: 'codex' }), { code: 'unfit', message: /Write it as tables/ });
  });

  it('shows what somebody changed in our entry before it goes', async () => {
    for (const [path, text] of Object.entries(agentFiles.cline(machine))) machine.put(path, text);
    const [path] = Object.keys(agentFiles.cline(machine)) as [string];
    const before = machine.text(path);
    await connect({ agent: 'cline' });
    machine.put(path, machine.text(path)?.replace(/"autoApprove": \[[^\]]*\]/, '"autoApprove": ["askHuman"]'));
    const plan = await disconnect('cline');
    assert.deepEqual(
      plan.edits[0]?.changed.map(({ path: where }) => where),
      [['mcpServers', name]],
    );
    assert.match(plan.edits[0]?.changed[0]?.text ?? '', /^"agentrq-0h8b1P7TX5V": \{[^]*\["askHuman"\]\s*\}$/);
    assert.deepEqual(read(path), JSON.parse(before ?? ''));

    await connect({ agent: 'codex' });
    const toml = join(machine.userHome, '.codex', 'config.toml');
    machine.put(toml, `${machine.text(toml)}# why\n[mcp_servers.${name}.tools.later]\napproval_mode = "prompt"\n\n[tui]\na = 1\n`);
    const codex = await disconnect('codex');
    assert.match(codex.edits.find(({ file }) => file === toml)?.changed[0]?.text ?? '', /approval_mode = "prompt"/);
    assert.equal(machine.text(toml), '# why\n\n[tui]\na = 1\n');

    await connect({ agent: 'codex', hooks: false });
    machine.put(toml, machine.text(toml)?.replace('tool_timeout_sec', '# mine\ntool_timeout_sec'));
    assert.match((await disconnect('codex')).edits[0]?.changed[0]?.text ?? '', /# mine/);
  });

  it('shows a hook that somebody changed, and takes it out', async () => {
    const path = join(machine.userHome, '.codex', 'hooks.json');
    machine.put(path, fixture('codexHooks.json', machine.project));
    const before = machine.text(path);
    await connect({ agent: 'codex' });
    machine.put(path, machine.text(path)?.replace('"timeout": 600', '"timeout": 60'));
    const plan = await disconnect('codex');
    const edit = plan.edits.find(({ file }) => file === path);
    assert.deepEqual(
      edit?.changed.map(({ path: where }) => where),
      [['hooks', 'PermissionRequest']],
    );
    assert.equal(machine.text(path), before);
  });

  it('has nothing to take back where nothing is left', async () => {
    await connect({ agent: 'cursor' });
    machine.put(join(machine.userHome, '.cursor', 'mcp.json'), undefined);
    machine.put(join(machine.userHome, '.cursor', 'hooks.json'), '{"version": 1, "hooks": {}}');
    const plan = await disconnect('cursor');
    assert.deepEqual(plan.edits, []);
    await assert.rejects(disconnect('cursor'), { code: 'unknown' });
  });

  it('leaves what the user has set for our tools, before or since', async () => {
    const settings = join(machine.project, '.claude', 'settings.local.json');
    const own = { permissions: { allow: [`mcp__${name}__askHuman`, `mcp__${name}`], ask: [`mcp__${name}__reply`] }, theirs: 1 };
    machine.put(settings, JSON.stringify(own));
    await connect({ agent: 'claudeCode' });
    const { permissions } = read(settings) as typeof own;
    assert.equal(permissions.allow.filter((rule) => rule.endsWith('askHuman')).length, 1, 'nothing is there twice');
    assert.equal(permissions.allow.length, unaskedTools.length + 1);
    // As Claude Code does when its user presses “don’t ask again”, and the user took one of ours out.
    const since = permissions.allow.filter((rule) => !rule.endsWith('getTask'));
    machine.put(
      settings,
      JSON.stringify({ ...(read(settings) as object), permissions: { ...permissions, allow: [...since, 'Bash(ls)'] } }),
    );
    const { edits } = await disconnect('claudeCode');
    assert.deepEqual(
      edits.flatMap(({ changed }) => changed),
      [],
    );
    assert.deepEqual(read(settings), { ...own, permissions: { ...own.permissions, allow: [...own.permissions.allow, 'Bash(ls)'] } });

    const config = join(machine.userHome, '.config', 'opencode', 'opencode.json');
    machine.put(config, JSON.stringify({ permission: { bash: 'ask', [`${name}_askHuman`]: 'ask' } }));
    await connect({ agent: 'opencode' });
    assert.partialDeepStrictEqual(read(config), { permission: { [`${name}_askHuman`]: 'ask', [`${name}_reply`]: 'allow' } });
    machine.put(config, machine.text(config)?.replace(`"${name}_reply": "allow"`, `"${name}_reply": "deny"`));
    await disconnect('opencode');
    assert.deepEqual(read(config), { permission: { bash: 'ask', [`${name}_askHuman`]: 'ask', [`${name}_reply`]: 'deny' } });

    for (const permission of ['ask', 3, null]) {
      machine.put(config, JSON.stringify({ permission }));
      await connect({ agent: 'opencode' });
      assert.deepEqual((read(config) as { permission: unknown }).permission, permission, 'one word for every tool stays');
      await disconnect('opencode');
      assert.deepEqual(read(config), { permission });
    }
  });

  it('writes nothing into the project without hooks', async () => {
    await connect({ agent: 'claudeCode', hooks: false });
    assert.equal(machine.text(join(machine.project, '.claude', 'settings.local.json')), undefined);
    assert.deepEqual(read(join(machine.userHome, '.claude', 'settings.json')), {
      permissions: { allow: unaskedTools.map((tool) => `mcp__${name}__${tool}`) },
    });
  });

  it('takes our entry out of a file that the agent wrote anew', async () => {
    const path = join(machine.userHome, '.claude.json');
    machine.put(path, fixture('claudeCode.json', machine.project));
    await connect({ agent: 'claudeCode', hooks: false });
    const rewritten = read(path) as { [key: string]: unknown };
    machine.put(path, JSON.stringify({ ...rewritten, numStartups: 213 }));
    await disconnect('claudeCode');
    assert.equal(
      machine.text(path),
      JSON.stringify({ ...(JSON.parse(fixture('claudeCode.json', machine.project)) as object), numStartups: 213 }),
    );
  });
});
