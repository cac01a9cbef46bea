import assert from 'node:assert/strict';
import { muteAgent, showAgentTerminal } from '../../../../src/ui/agentsView/commands.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
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

  it('shows the terminal of the agent', async () => {
    const shown: unknown[] = [];
    const command = showAgentTerminal({ answers: { terminal: async (...given) => shown.push(given) > 0 } });
    await command({ ofAgent: 'agent000001' });
    await command(undefined);
    assert.deepEqual(shown, [['agent000001', true]]);
  });
});
