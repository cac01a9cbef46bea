import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AgentId, agentIds, applyPlan, planConnection, planDisconnection } from '../../../src/agents/config/connectAgent.ts';
import { listConnections } from '../../../src/agents/config/planConnection.ts';
import { mayBeWoken } from '../../../src/agents/config/wakeEntries.ts';
import { readConnection } from '../../../src/agents/doctor/readConnection.ts';
import { type AgentMachine, agentMachine } from '../../support/agentMachine.ts';

const workspaceId = '0h8b1P7TX5V';
const program = '/usr/local/bin/codex';

describe('what lets an agent be woken', () => {
  let machine: AgentMachine;

  beforeEach(() => {
    machine = agentMachine({ git: async () => 128 });
  });

  afterEach(() => machine.dispose());

  const plan = (agent: AgentId, wake: boolean, given: string | undefined = program) =>
    planConnection(machine, {
      agent,
      workspaceId,
      folder: machine.project,
      reach: { transport: 'bridge' },
      hooks: true,
      wake,
      program: given,
    });
  const texts = async (agent: AgentId, wake: boolean): Promise<string> =>
    (await plan(agent, wake)).edits.map(({ next }) => next).join('\n');

  it('is in what is shown before it is written, and nowhere without the user’s yes', async () => {
    for (const agent of agentIds) {
      const without = await texts(agent, false);
      const withIt = await texts(agent, true);
      assert.doesNotMatch(without, /asyncRewake|--wait(?!-)|usr\/local\/bin\/codex|opencode\.mjs/, agent);
      assert.equal(withIt !== without, mayBeWoken(agent, 'bridge'), agent);
    }
    const claude = JSON.parse((await plan('claudeCode', true)).edits.find(({ next }) => next?.includes('asyncRewake'))?.next ?? '{}') as {
      hooks: Record<string, { hooks: { asyncRewake?: boolean; timeout: number }[] }[]>;
    };
    const waiting = Object.entries(claude.hooks).flatMap(([event, groups]) =>
      groups.flatMap(({ hooks }) =>
        hooks.filter(({ asyncRewake }) => asyncRewake).map(({ timeout }) => [event, timeout * 1_000 < 2 ** 31]),
      ),
    );
    assert.deepEqual(waiting, [
      ['Stop', true],
      ['SessionStart', true],
    ]);
  });

  it('is where no agent writes, for the user alone, and goes with the connection', async () => {
    const before = machine.everything();
    for (const agent of ['claudeCode', 'codex', 'opencode'] as const) {
      const made = await plan(agent, true);
      await applyPlan(machine, made);
      const [connection] = await listConnections(machine);
      assert.ok(connection?.wake === true);
      const { hooks } = await readConnection(machine, connection, { transport: 'bridge' });
      assert.ok(hooks !== undefined && hooks.of > 0);
      assert.equal(hooks.there, hooks.of);
      const file = made.edits.find(({ file: path }) => path === join(machine.home, 'wake.json'));
      assert.equal(file?.mode, agent === 'codex' ? 0o600 : undefined);
      await applyPlan(machine, await planDisconnection(machine, { agent, workspaceId, folder: machine.project }));
      assert.deepEqual(machine.everything(), before);
    }
  });

  it('needs the absolute path of the program that Codex is woken by', async () => {
    for (const given of ['', 'codex', './codex']) await assert.rejects(plan('codex', true, given), { code: 'unknown', message: /PATH/ });
  });

  it('is a plugin of ours for opencode, by its address in the hub’s own folder, beside those that the user has', async () => {
    const file = join(machine.userHome, '.config', 'opencode', 'opencode.json');
    machine.put(file, '{ "plugin": ["opencode-wakatime"] }');
    const before = machine.everything();
    await applyPlan(machine, await plan('opencode', true));
    const { plugin } = JSON.parse(machine.text(file) ?? '') as { plugin: unknown[] };
    const { href } = pathToFileURL(join(machine.home, 'bin', 'opencode.mjs'));
    assert.deepEqual(plugin, ['opencode-wakatime', [`${href}?workspace=${workspaceId}`, { workspace: workspaceId }]]);
    await applyPlan(machine, await planDisconnection(machine, { agent: 'opencode', workspaceId, folder: machine.project }));
    assert.deepEqual(machine.everything(), before);
  });

  it('is not for opencode without the bridge, nor for its second version', async () => {
    const { edits } = await planConnection(machine, {
      agent: 'opencode',
      workspaceId,
      folder: machine.project,
      reach: { transport: 'http', mcpUrl: 'http://127.0.0.1:23837/mcp/0h8b1P7TX5V', token: 'arq_x' },
      hooks: true,
      wake: true,
    });
    assert.doesNotMatch(edits.map(({ next }) => next).join('\n'), /opencode\.mjs/);
    machine.put(join(machine.userHome, '.config', 'opencode', 'opencode.json'), '{ "mcp": { "servers": {} } }');
    await assert.rejects(plan('opencode', true), { code: 'unknown', message: /without waking/ });
    await plan('opencode', false);
  });
});
