import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extensionHostMemory } from '../support/extensionHostMemory.ts';
import { filledWorkspace, fillTasks } from '../support/fillTasks.ts';
import { agentAddressOf } from '../support/hubFiles.ts';
import { connectAgent } from '../support/testAgent.ts';
import { kanbanPage } from '../support/workbench/kanbanPage.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';

const out = join(import.meta.dirname, '..', '..', 'out');

const options: SuiteOptions = {
  prepare({ home }) {
    mkdirSync(join(out, 'screenshots'), { recursive: true });
    fillTasks(home, 10_000);
  },
};

workbenchSuite('ten thousand tasks, in the workbench', options, ({ product, window }) => {
  /** Milliseconds, as the user sees it: from the key or the click to what is drawn. */
  const took: Record<string, number> = {};
  /** MB of the extension host, with the hub's thread. */
  const memory: Record<string, number | undefined> = {};

  after(() => {
    writeFileSync(join(out, 'bench-board.json'), `${JSON.stringify({ tasks: 10_000, ms: took, mb: memory }, undefined, 2)}\n`);
    console.log(took, memory);
  });

  async function measure(what: string, act: () => Promise<unknown>): Promise<void> {
    const start = performance.now();
    await act();
    took[what] = Math.round(performance.now() - start);
  }

  it('are shown, the first of each group', async () => {
    await measure('start, from the window drawn to its rows', async () => {
      await window.openView('AgentRQ');
      await window.waitForRow('Tasks', 'Task 0');
    });
    memory['started'] = extensionHostMemory(product.home);
    await window.openView('Explorer');
    await measure('open the view', async () => {
      await window.openView('AgentRQ');
      await window.waitForRow('Tasks', 'Task 0');
    });
    const [group] = await window.rows('Tasks');
    assert.deepEqual([group?.label, group?.description], ['Ongoing', '4000']);
  });

  it('let one be moved by keyboard', async () => {
    await window.runCommand('AgentRQ: Focus on Tasks View');
    await waitFor('the keyboard in Tasks', async () => (await window.focus()).part === 'sideBar');
    await window.page.keyboard.press('Home');
    await window.page.keyboard.press('ArrowDown');
    const second = async (): Promise<string | undefined> => (await window.rows('Tasks'))[2]?.label;
    assert.equal(await second(), 'Task 4');
    await measure('move a task by a key', async () => {
      await window.page.keyboard.press('Alt+ArrowDown');
      await waitFor('Task 0 below Task 4', async () => (await second()) === 'Task 0');
    });
  });

  it('let the editor draw one row when one of them has changed', async () => {
    const address = agentAddressOf({ home: product.home, hubUrl: product.hubUrl, workspaceId: filledWorkspace });
    const agent = await connectAgent('modern', address, 'claude-code');
    const tree = `document.querySelector('.pane-body [role="tree"][aria-label="Tasks"]')`;
    // Which rows are drawn again, by their place; the first is the group.
    await window.page.evaluate(`(() => {
    globalThis.drawnAgain = new Set();
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const row = (target.closest ? target : target.parentElement)?.closest('.monaco-list-row');
        if (row) globalThis.drawnAgain.add(row.dataset.index);
      }
    }).observe(${tree}, { subtree: true, childList: true, characterData: true });
  })()`);
    const taskId = 't0000000005';
    await measure('one change, from the agent’s call to what is drawn', async () => {
      await agent.call('askHuman', { question: 'Which one?', taskId, wait_s: 0 });
      await window.waitForRow('Tasks', /Which one\?/);
    });
    assert.deepEqual(await window.page.evaluate('[...globalThis.drawnAgain]'), ['3']);
    await agent.close();
    await window.dismissToasts();
  });

  it('are filtered and grouped', async () => {
    await window.runCommand('AgentRQ: Filter Tasks…');
    await window.pickQuickItem('By Text…');
    await window.typeInQuickInput('77');
    await measure('filter by words', async () => {
      await window.acceptQuickInput();
      await window.view('Tasks').waitForMessage(/^280 of 10000 tasks: with “77”\./);
    });
    await window.view('Tasks').clickAction('Clear Task Filter');
    await window.runCommand('AgentRQ: Group Tasks…');
    await window.waitForQuickInput(/Group tasks by/);
    await measure('group by workspace', async () => {
      await window.pickQuickItem('Workspace');
      await waitFor('the workspace as a group', async () => (await window.rows('Tasks'))[0]?.label === 'filled');
    });
    const [group] = await window.rows('Tasks');
    assert.equal(group?.description, '10000');
    await window.screenshot(join(out, 'screenshots', 'board-many.png'));
  });

  it('stand on the Kanban board, of which only what can be seen is drawn', async () => {
    await measure('open the Kanban board', async () => {
      await window.runCommand('AgentRQ: Open Kanban Board');
      await (await kanbanPage(window.page)).locator('.card').first().waitFor();
    });
    const page = await kanbanPage(window.page);
    const few = (): Promise<void> => waitFor('few cards to be drawn', async () => (await page.locator('.card').count()) < 120);
    await few();
    const titles = (): Promise<string[]> => page.locator('section[data-status=ongoing] .title').allInnerTexts();
    // The one that needs the user comes first.
    assert.deepEqual((await titles()).slice(0, 3), ['Task 5', 'Task 4', 'Task 0']);
    await page.locator('.card').first().focus();
    await page.locator('section[data-status=ongoing] .card', { hasText: 'Task 4' }).first().focus();
    await measure('move a card by a key', async () => {
      await window.page.keyboard.press('Alt+ArrowDown');
      await waitFor('Task 4 below Task 0', async () => (await titles())[1] === 'Task 0');
    });
    await window.page.keyboard.press('End');
    await waitFor('the last card', async () => (await page.locator('.card:focus .title').allInnerTexts())[0] === 'Task 9999');
    await few();
    await window.screenshot(join(out, 'screenshots', 'kanban-many.png'));
    memory['with the Kanban board'] = extensionHostMemory(product.home);
  });
});
