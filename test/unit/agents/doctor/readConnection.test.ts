import assert from 'node:assert/strict';
import { agentIds, applyPlan, hookDialects, listConnections, planConnection } from '../../../../src/agents/config/connectAgent.ts';
import { undoPlan } from '../../../../src/agents/config/undoPlan.ts';
import { readConnection } from '../../../../src/agents/doctor/readConnection.ts';
import { type AgentMachine, agentMachine } from '../../../support/agentMachine.ts';
import { agentFiles, reach, workspaceId } from '../configFixtures.ts';

describe('what a connection has in the files of its agent', () => {
  let machine: AgentMachine;
  beforeEach(() => {
    machine = agentMachine({ git: async () => 128 });
  });
  afterEach(() => machine.dispose());

  for (const agent of agentIds) {
    const reaches =
      agent === 'agentHost' || agent === 'vscode' ? [{ transport: 'bridge' } as const] : [reach, { transport: 'bridge' } as const];
    for (const how of reaches) {
      it(`is read back as it was written: ${agent}, ${how.transport}`, async () => {
        for (const [path, text] of Object.entries(agentFiles[agent](machine))) machine.put(path, text);
        const before = machine.everything();
        const plan = await planConnection(machine, { agent, workspaceId, folder: machine.project, reach: how, hooks: true });
        await applyPlan(machine, plan);
        const [connection] = await listConnections(machine);
        assert.ok(connection);
        const { server, hooks } = await readConnection(machine, connection, how);
        assert.deepEqual(server.present, server.wanted);
        assert.equal(server.wanted.kind, how.transport === 'http' ? 'http' : 'stdio');
        assert.equal(server.switchedOff, false);
        assert.equal(hooks === undefined, hookDialects[agent] === undefined);
        assert.equal(hooks?.there, hooks?.of);
        assert.notEqual(hooks?.of, 0);

        await applyPlan(machine, undoPlan(plan));
        assert.deepEqual(machine.everything(), before, 'and undone, byte for byte');
        assert.deepEqual(await listConnections(machine), []);
      });
    }
  }
});
