import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { taskIdOf } from '../support/taskIdOf.ts';
import { axeFinds } from '../support/workbench/axeFinds.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { workbenchSuite } from './fixture.ts';

const pictures = join(import.meta.dirname, '..', '..', 'out', 'screenshots');

workbenchSuite('a task for the user, and a stop, in the workbench', { agent: 'claude-code' }, ({ window, agent, product, newTask }) => {
  before(() => void mkdirSync(pictures, { recursive: true }));

  /** The agent makes a task for the user, and waits for it. */
  async function forPerson(title: string): Promise<{ id: string; answer: Promise<string> }> {
    const made = await agent.call('createTask', { title, body: 'At the registry, for **read** alone.', assignee: 'human' });
    const id = taskIdOf(made.text);
    const waiting = agent.call('waitForReply', { taskId: id, wait_s: 240 });
    return { id, answer: waiting.then(({ text, texts }) => [text, ...texts.slice(1)].join('\n')) };
  }

  it('is done by a button of its toast, which its agent hears', async () => {
    const { id, answer } = await forPerson('Make a token');
    const toast = await window.waitForToast(/Make a token/);
    assert.equal(toast.message, 'Claude Code has a task for you: Make a token');
    assert.deepEqual(toast.buttons, ['Done', 'Reply…', 'Open']);
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await window.waitForRow('Needs You', 'Make a token');
    await window.screenshot(join(pictures, 'task-for-you-toast.png'));
    await window.clickToastButton(/Make a token/, 'Done');
    assert.equal(await answer, `[Response to task ${id}] action=allow: done`);
    await window.activityBar.waitForBadge('AgentRQ', undefined);
  });

  it('is replied to from its row, and needs the user until it is done; the round has it with its words', async () => {
    const { id, answer } = await forPerson('Approve the release');
    await window.waitForRow('Needs You', 'Approve the release');
    await window.dismissToasts();
    await window.rowAction('Needs You', 'Approve the release', 'Reply to Task…');
    await window.typeInQuickInput('Which one?');
    await window.acceptQuickInput();
    assert.match(await answer, new RegExp(`\\[Reply to task ${id}\\] Which one\\?$`));
    await window.activityBar.waitForBadge('AgentRQ', 1);
    const again = agent.call('waitForReply', { taskId: id, wait_s: 240 });
    await window.press('Control+k', 'q');
    const prompt = await window.waitForQuickInput(/has a task for you/);
    assert.deepEqual(
      prompt.items.map(({ label }) => label),
      ['Reject with a Note…', 'Done', 'Done, with a Note…'],
    );
    await window.screenshot(join(pictures, 'task-for-you-round.png'));
    await window.pickQuickItem('Reject with a Note…');
    await window.typeInQuickInput('Not this week');
    await window.acceptQuickInput();
    assert.equal((await again).text, `[Response to task ${id}] action=reject: Not this week`);
  });

  it('looks right in its panel in any kind of theme', async () => {
    const { answer } = await forPerson('Look at the colours');
    const panel = await window.openTask('Look at the colours');
    await panel.waitForText(/has a task for you/);
    for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
      await window.setTheme(theme);
      await window.dismissToasts();
      await window.screenshot(join(pictures, `task-for-you-${theme}.png`));
      assert.deepEqual(await axeFinds(panel.frame), [], `in ${theme}`);
    }
    await panel.frame.getByRole('button', { name: 'Done' }).click();
    assert.match(await answer, /action=allow: done$/);
    await panel.waitForText(/You did it/);
    await window.setTheme('dark');
  });

  it('stops an agent at its next tool, and says how far that is', async () => {
    const id = await newTask('Fix the build');
    const { mcpUrl, agentToken } = await product.agentAddress();
    const workspaceId = mcpUrl.split('/').at(-1) ?? '';
    const hook = async (event: string, more: object = {}): Promise<unknown> => {
      const response = await fetch(`${mcpUrl.replace('/mcp/', '/hooks/')}/claude-code`, {
        method: 'POST',
        headers: { authorization: `Bearer ${agentToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ session_id: 'one', hook_event_name: event, ...more }),
      });
      return await response.json();
    };
    const use = { tool_name: `mcp__agentrq-${workspaceId}__updateTaskStatus`, tool_input: { taskId: id, status: 'ongoing' } };
    await hook('PostToolUse', { ...use, tool_use_id: 'own', tool_response: {} });
    await window.rowAction('Tasks', 'Fix the build', 'Stop Agent…');
    await window.waitForQuickInput(/Its tools are refused until its turn ends/);
    await window.typeInQuickInput('Wrong branch');
    await window.acceptQuickInput();
    await waitFor('the row to say that it was asked', async () =>
      /asked to stop/.test((await window.waitForRow('Tasks', 'Fix the build')).description),
    );
    const refused = await hook('PreToolUse', { tool_name: 'Bash', tool_input: { command: 'make' }, tool_use_id: 'two' });
    assert.match(JSON.stringify(refused), /"permissionDecision":"deny".*They say: Wrong branch/);
    await hook('Stop');
    await waitFor('the row to say that it has stopped', async () =>
      (await window.waitForRow('Tasks', 'Fix the build')).description.startsWith('stopped'),
    );
    const panel = await window.openTask('Fix the build');
    await panel.waitForText(/Ongoing · stopped/);
    await panel.waitForText(/You .*: stopped the agent: Wrong branch/);
    for (const theme of ['light', 'dark', 'hcDark'] as const) {
      await window.setTheme(theme);
      await window.screenshot(join(pictures, `stopped-${theme}.png`));
      assert.deepEqual(await axeFinds(panel.frame), [], `in ${theme}`);
    }
  });
});
