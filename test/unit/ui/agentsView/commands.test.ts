import assert from 'node:assert/strict';
import { muteAgent, removeAgent, showAgentTerminal } from '../../../../src/ui/agentsView/commands.ts';
import type { Undoable } from '../../../../src/ui/shell/undoable.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { agent, board, english } from '../support/fixtures.ts';

describe('the menu of an agent', () => {
  function mute(on: boolean) {
    const set: unknown[] = [];
    const prompts = new FakePrompts();
    const settings = { setAgentLevel: async (...given: unknown[]) => void set.push(given) };
    const command = muteAgent({ board: new FakeBoardStore(board({ agents: [agent()] })), settings, prompts, l10n: english } as never, on);
    return { set, prompts, command };
  }

  it('mutes all agents of its name by the setting, and takes that back', async () => {
    const on = mute(true);
    await on.command({ ofAgent: 'agent000001' });
    assert.deepEqual(on.set, [['claude-code', 'badge']]);
    assert.deepEqual(on.prompts.texts, ['Claude Code is muted. The badge still counts it.']);
    const off = mute(false);
    await off.command({ ofAgent: 'agent000001' });
    assert.deepEqual(off.set, [['claude-code', undefined]]);
  });

  it('does nothing for an agent that is not there any more', async () => {
    const { set, command } = mute(true);
    await command({ ofAgent: 'agent000009' });
    await command(undefined);
    assert.deepEqual(set, []);
  });

  it('removes an agent, and puts it back by undo', async () => {
    const api = new FakeHubApi({ removeAgent: () => ({ agent: agent() }) });
    const done: Undoable[] = [];
    const store = new FakeBoardStore(board({ agents: [agent({ connected: false })] }));
    const command = removeAgent({ board: store, api, l10n: english }, async (each) => void done.push(each));
    await command({ ofAgent: 'agent000001' });
    await command({ ofAgent: 'agent000009' });
    const [only] = done;
    assert.equal(only?.words, 'Claude Code removed until it connects.');
    assert.equal(await only.undo(), 'Claude Code is back in Agents.');
    const { id: agentId, workspaceId } = agent();
    assert.deepEqual(
      api.calls.map(({ input }) => input),
      [true, false].map((removed) => ({ workspaceId, agentId, removed })),
    );
  });

  it('shows the terminal of the agent', async () => {
    const shown: unknown[] = [];
    const command = showAgentTerminal({ answers: { terminal: async (...given) => shown.push(given) > 0 } });
    await command({ ofAgent: 'agent000001' });
    await command(undefined);
    assert.deepEqual(shown, [['agent000001', true]]);
  });
});
