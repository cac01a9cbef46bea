import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { axeFinds } from '../support/workbench/axeFinds.ts';
import { kanbanPage } from '../support/workbench/kanbanPage.ts';
import { movePointerAway } from '../support/workbench/movePointerAway.ts';
import { pressMenuItem } from '../support/workbench/pressMenuItem.ts';
import type { Theme } from '../support/workbench/setTheme.ts';
import { taskPanel } from '../support/workbench/taskPanel.ts';
import { waitForKeyboard } from '../support/workbench/waitForKeyboard.ts';
import { waitForSavedState } from '../support/workbench/waitForSavedState.ts';
import { waitFor, waitUntil } from '../support/workbench/waitUntil.ts';
import { workbenchSuite } from './fixture.ts';

const screenshots = join(import.meta.dirname, '..', '..', 'out', 'screenshots');
const themes: readonly Theme[] = ['light', 'dark', 'hcDark', 'hcLight'];

workbenchSuite('the board of tasks, in the workbench', { agent: 'claude-code' }, ({ window, agent }) => {
  before(async () => {
    mkdirSync(screenshots, { recursive: true });
    for (const title of ['Write the docs', 'Fix the login', 'Pay by card']) await create(title);
    await waitForOrder('Not Started', ['Write the docs', 'Fix the login', 'Pay by card']);
  });

  /** Puts a task on the board; its id. */
  const create = (title: string): Promise<string> => agent.createTask(title, `${title}, and say when it is done.`);

  /** The titles below the group, in their order. */
  async function titles(group: string): Promise<string[]> {
    const rows = await window.rows('Tasks');
    const start = rows.findIndex(({ label, level }) => level === 1 && label === group);
    if (start === -1) return [];
    const rest = rows.slice(start + 1);
    const end = rest.findIndex(({ level }) => level === 1);
    return rest.slice(0, end === -1 ? undefined : end).map(({ label }) => label);
  }

  /** @param again what is done between looks, as long as the order is another one */
  async function waitForOrder(group: string, wanted: readonly string[], again?: () => Promise<void>): Promise<void> {
    let seen: string[] = [];
    await waitFor(`${wanted.join(', ')} under ${group}`, async () => {
      await again?.();
      seen = await titles(group);
      return JSON.stringify(seen) === JSON.stringify(wanted);
    }).catch((error: unknown) => {
      throw new Error(`there is ${seen.join(', ')}`, { cause: error });
    });
  }

  /** Gives the keyboard to a row of Tasks, as somebody who has no mouse. */
  async function focusRow(label: string): Promise<void> {
    await window.runCommand('AgentRQ: Focus on Tasks View');
    await waitFor(`the keyboard in Tasks`, async () => (await window.focus()).part === 'sideBar');
    await window.page.keyboard.press('Home');
    await waitFor(`the keyboard on ${label}`, async () => {
      const focused = await window.page
        .locator('.pane-body [role="tree"][aria-label="Tasks"] .monaco-list-row.focused')
        .first()
        .innerText();
      if (focused.includes(label)) return true;
      await window.page.keyboard.press('ArrowDown');
      return false;
    });
  }

  /**
   * Presses a key on the row that has the keyboard. The editor knows no row while it reads rows again: a command that a key runs in that
   * moment asks which task is meant. The user closes that, and presses again, which the returned function does.
   */
  async function pressOnRow(key: string): Promise<() => Promise<void>> {
    await window.page.keyboard.press(key);
    return async () => {
      if ((await window.quickInput.content())?.placeholder.startsWith('Which task do you want') !== true) return;
      await window.quickInput.cancel();
      await window.page.keyboard.press(key);
    };
  }

  /** A picture of the window, to look at. */
  async function picture(name: string): Promise<void> {
    await window.screenshot(join(screenshots, `${name}.png`));
  }

  /** Moves the last of the tasks that are not started to the top, a place at a time. */
  async function moveToTop(): Promise<void> {
    await focusRow('Pay by card');
    await waitForOrder('Not Started', ['Write the docs', 'Pay by card', 'Fix the login'], await pressOnRow('Alt+ArrowUp'));
    await waitForOrder('Not Started', ['Pay by card', 'Write the docs', 'Fix the login'], await pressOnRow('Alt+ArrowUp'));
  }

  it('moves a task by keyboard, and takes it back', async () => {
    await moveToTop();
    await window.statusBarItem(/“Pay by card” moved in the queue\./);
    await window.page.keyboard.press('Control+z');
    await waitForOrder('Not Started', ['Write the docs', 'Pay by card', 'Fix the login']);
    await window.runCommand('AgentRQ: Undo');
    await waitForOrder('Not Started', ['Write the docs', 'Fix the login', 'Pay by card']);
  });

  it('takes two moves back at once: the second undo does not wait until the board shows the first', async () => {
    await moveToTop();
    await window.page.keyboard.press('Control+z');
    await window.page.keyboard.press('Control+z');
    await waitForOrder('Not Started', ['Write the docs', 'Fix the login', 'Pay by card']);
  });

  it('moves a task to another status by keyboard', async () => {
    await focusRow('Fix the login');
    const again = await pressOnRow('Control+Alt+m');
    const pick = await waitUntil({
      what: 'the question where to move it',
      look: () => again().then(() => window.quickInput.content()),
      find: (content) => (content?.placeholder.endsWith('Change it to:') === true ? content : undefined),
    });
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      ['First in the Queue', 'Last in the Queue', 'Ongoing', 'Blocked', 'Completed', 'Rejected'],
    );
    await window.pickQuickItem('Blocked');
    await waitForOrder('Blocked', ['Fix the login']);
    await window.runCommand('AgentRQ: Undo');
    await waitForOrder('Not Started', ['Write the docs', 'Fix the login', 'Pay by card']);
  });

  /** Takes the pointer off the rows. It rests on one after a press or a drop, and the card of that one lies over others. */
  async function leaveRows(): Promise<void> {
    await movePointerAway(window.page);
    await window.page.locator('.monaco-hover').filter({ visible: true }).waitFor({ state: 'hidden' });
  }

  async function drag(label: string, onto: string): Promise<void> {
    const row = (text: string) => window.page.locator('.pane-body [role="tree"][aria-label="Tasks"] .monaco-list-row', { hasText: text });
    await leaveRows();
    await row(label).dragTo(row(onto));
  }

  it('moves a task by drag and drop, before another one and onto a group', async () => {
    await drag('Pay by card', 'Write the docs');
    await waitForOrder('Not Started', ['Pay by card', 'Write the docs', 'Fix the login']);
    await agent.call('updateTaskStatus', { taskId: await create('Release'), status: 'ongoing' });
    await waitForOrder('Ongoing', ['Release']);
    await drag('Fix the login', 'Ongoing');
    await waitForOrder('Not Started', ['Pay by card', 'Write the docs']);
    await window.runCommand('AgentRQ: Undo');
    await waitForOrder('Not Started', ['Pay by card', 'Write the docs', 'Fix the login']);
  });

  it('moves, archives and brings back several tasks at once', async () => {
    const waitForChosen = async (wanted: readonly string[]): Promise<void> => {
      let seen: string[] = [];
      await waitFor(`${wanted.join(', ')} to be selected`, async () => {
        seen = (await window.rows('Tasks')).filter(({ selected }) => selected).map(({ label }) => label);
        return JSON.stringify(seen) === JSON.stringify(wanted);
      }).catch((error: unknown) => {
        throw new Error(`selected is ${seen.join(', ')}`, { cause: error });
      });
    };
    const selectTwo = async (): Promise<void> => {
      await focusRow('Pay by card');
      await window.page.keyboard.press('Control+Shift+Enter');
      await waitForChosen(['Pay by card']);
      await window.page.keyboard.press('Shift+ArrowDown');
    };
    await selectTwo();
    await waitForChosen(['Pay by card', 'Write the docs']);
    await window.page.keyboard.press('Alt+ArrowDown');
    await waitForOrder('Not Started', ['Fix the login', 'Pay by card', 'Write the docs']);
    await waitForChosen(['Pay by card', 'Write the docs']);
    await window.page.keyboard.press('Shift+Delete');
    await waitForOrder('Not Started', ['Fix the login']);
    await window.statusBarItem(/2 tasks archived\./);
    await window.page.keyboard.press('Control+z');
    await waitForOrder('Not Started', ['Fix the login', 'Pay by card', 'Write the docs']);
    await selectTwo();
    await waitForChosen(['Pay by card', 'Write the docs']);
    await drag('Write the docs', 'Ongoing');
    await waitForOrder('Not Started', ['Fix the login']);
    await window.runCommand('AgentRQ: Undo');
    await waitForOrder('Not Started', ['Fix the login', 'Pay by card', 'Write the docs']);
    await window.runCommand('AgentRQ: Undo');
    await waitForOrder('Not Started', ['Pay by card', 'Write the docs', 'Fix the login']);
    await focusRow('Pay by card');
    await window.page.keyboard.press('Escape');
    await waitForChosen([]);
  });

  it('archives a task, and brings it back', async () => {
    await focusRow('Write the docs');
    await waitForOrder('Not Started', ['Pay by card', 'Fix the login'], await pressOnRow('Shift+Delete'));
    // The offer is there for ten seconds.
    await window.statusBar.click(/“Write the docs” archived\./);
    await waitForOrder('Not Started', ['Pay by card', 'Write the docs', 'Fix the login']);
  });

  it('has its words changed in an editor, and takes the change back', async () => {
    await window.tree('Tasks').rowMenu('Pay by card', 'Edit Task…');
    await waitFor('the words of the task in an editor', async () => /^Pay by card\s+Pay by card, and say/.test(await window.editorText()));
    await window.press('Control+Home', 'Shift+End');
    await window.page.keyboard.type('Pay by invoice');
    await picture('edit-task');
    await window.press('Control+s');
    await waitForOrder('Not Started', ['Pay by invoice', 'Write the docs', 'Fix the login']);
    await window.statusBarItem(/“Pay by card” changed\./);
    await window.runCommand('AgentRQ: Undo');
    await waitForOrder('Not Started', ['Pay by card', 'Write the docs', 'Fix the login']);
    await waitFor('the words as they were, in the editor as well', async () => (await window.editorText()).startsWith('Pay by card'));
    await window.runCommand('View: Close Editor');
  });

  it('is given to one agent, and back to any', async () => {
    await window.tree('Tasks').rowMenu('Pay by card', 'Assign Task…');
    await window.waitForQuickInput(/Assign “Pay by card”/);
    await picture('assign-task');
    await window.pickQuickItem('You');
    await window.statusBarItem(/“Pay by card” is yours now\./);
    await window.runCommand('AgentRQ: Undo');
    await window.tree('Tasks').rowMenu('Pay by card', 'Assign Task…');
    await window.pickQuickItem('Claude Code');
    await window.statusBarItem(/“Pay by card” is for Claude Code now/);
    await window.runCommand('AgentRQ: Undo');
    await waitForOrder('Not Started', ['Pay by card', 'Write the docs', 'Fix the login']);
  });

  it('groups tasks, filters them, says so above the rows, and shows all again', async () => {
    await window.runCommand('AgentRQ: Group Tasks…');
    await window.pickQuickItem('Workspace');
    await window.waitForRow('Tasks', 'shop');
    await window.runCommand('AgentRQ: Filter Tasks…');
    await window.pickQuickItem('By Text…');
    await window.typeInQuickInput('login');
    await window.acceptQuickInput();
    await waitForOrder('shop', ['Fix the login']);
    await window.view('Tasks').waitForMessage('1 of 4 tasks: with “login”. “Clear Task Filter” above shows all.');
    await picture('board-filtered');
    await window.view('Tasks').clickAction('Clear Task Filter');
    await window.waitForRow('Tasks', 'Pay by card');
    await window.runCommand('AgentRQ: Group Tasks…');
    await window.pickQuickItem('Status');
    await waitForOrder('Not Started', ['Pay by card', 'Write the docs', 'Fix the login']);
  });

  it('tells on a row what is to be done, and what waiting costs', async () => {
    const asking = agent.call('askHuman', { question: 'Which provider?', choices: ['Stripe', 'Adyen'], wait_s: 240 });
    const { ariaLabel } = await window.waitForRow('Needs You', 'Which provider?');
    assert.match(ariaLabel, /^Needs your answer: Which provider\?/);
    await window.waitForRow('Agents', /waiting for you/);
    await leaveRows();
    await window.tree('Tasks').rowActions('Fix the login');
    const hover = window.page.locator('.monaco-hover', { hasText: 'Needs from you' }).filter({ hasText: /Fix\sthe\slogin/ });
    await hover.waitFor();
    // Markdown keeps the blanks of plain text by characters that do not break.
    const text = (await hover.innerText()).replaceAll('\u00A0', ' ');
    await picture('board-tooltip');
    await movePointerAway(window.page);
    assert.match(text, /Goal\s+Fix the login\s+Fix the login, and say when it is done\./);
    assert.match(text, /Needs from you\s+Nothing\./);
    await window.dismissToasts();
    await window.runCommand('AgentRQ: Answer Next Request');
    await window.pickQuickItem('Stripe');
    assert.equal((await asking).isError, false);
  });

  /** The page of the Kanban board. */
  const kanban = (): Promise<Frame> => kanbanPage(window.page);

  /** The titles of the cards in a column, in their order. */
  async function cards(status: string): Promise<string[]> {
    return (await kanban()).locator(`section[data-status=${status}] .title`).allInnerTexts();
  }

  async function waitForCards(status: string, wanted: readonly string[]): Promise<void> {
    await waitFor(`${wanted.join(', ')} in ${status}`, async () => JSON.stringify(await cards(status)) === JSON.stringify(wanted));
  }

  /** The title of the card that has the keyboard. */
  async function cardWithKeyboard(): Promise<string> {
    return (await kanban()).locator('.card:focus .title').innerText();
  }

  it('shows the same as a Kanban board, which the keyboard moves cards on', async () => {
    await window.openKanban();
    await waitForCards('notstarted', ['Pay by card', 'Write the docs', 'Fix the login']);
    await waitForCards('ongoing', ['Release']);
    const page = await kanban();
    await page.locator('.card', { hasText: 'Write the docs' }).focus();
    await window.page.keyboard.press('Alt+ArrowUp');
    await waitForCards('notstarted', ['Write the docs', 'Pay by card', 'Fix the login']);
    assert.equal(await cardWithKeyboard(), 'Write the docs');
    await window.page.keyboard.press('Alt+ArrowRight');
    await waitForCards('ongoing', ['Write the docs', 'Release']);
    assert.equal(await cardWithKeyboard(), 'Write the docs');
    assert.match(await page.locator('#news').innerText(), /Write the docs is in Ongoing now\./);
    await window.page.keyboard.press('ArrowLeft');
    assert.equal(await cardWithKeyboard(), 'Pay by card');
    await window.page.keyboard.press('ArrowDown');
    assert.equal(await cardWithKeyboard(), 'Fix the login');
    await window.page.keyboard.press('Control+z');
    await waitForCards('notstarted', ['Write the docs', 'Pay by card', 'Fix the login']);
    assert.equal(await cardWithKeyboard(), 'Fix the login');
  });

  it('moves a card by drag and drop', async () => {
    const page = await kanban();
    await page.locator('.card', { hasText: 'Pay by card' }).dragTo(page.locator('section[data-status=blocked] h2'));
    await waitForCards('blocked', ['Pay by card']);
    await page
      .locator('.card', { hasText: 'Pay by card' })
      .dragTo(page.locator('.card', { hasText: 'Fix the login' }), { targetPosition: { x: 20, y: 5 } });
    await waitForCards('notstarted', ['Write the docs', 'Pay by card', 'Fix the login']);
  });

  it('filters cards by words, and Escape shows all again', async () => {
    const page = await kanban();
    await page.locator('.card', { hasText: 'Pay by card' }).focus();
    await window.page.keyboard.press('/');
    await page.locator('#filter:focus').waitFor();
    await window.page.keyboard.type('login');
    await waitForCards('notstarted', ['Fix the login']);
    assert.equal(await page.locator('.shown').innerText(), '1 of 4 tasks');
    await window.page.keyboard.press('Escape');
    await waitForCards('notstarted', ['Write the docs', 'Pay by card', 'Fix the login']);
    assert.equal(await cardWithKeyboard(), 'Pay by card');
  });

  it('folds the columns of what is done, opens them by their heading, and never scrolls away as a whole', async () => {
    const page = await kanban();
    const heading = page.locator('section[data-status=completed] h2 button');
    assert.equal(await heading.getAttribute('aria-expanded'), 'false');
    assert.equal((await page.locator('section[data-status=completed]').boundingBox())?.width, 40);
    await heading.click();
    await page.locator('section[data-status=completed] .empty').waitFor();
    assert.deepEqual(await page.evaluate('[document.documentElement.scrollHeight - innerHeight, scrollY]'), [0, 0]);
    await window.page.keyboard.press('PageDown');
    assert.equal(await page.evaluate('scrollY'), 0);
  });

  it('has a menu of its own on a card, with the commands of its row', async () => {
    const page = await kanban();
    await page.locator('.card', { hasText: 'Write the docs' }).click({ button: 'right' });
    const menu = window.page.locator('.monaco-menu');
    await menu.getByText('Move Task To…', { exact: false }).waitFor();
    const entries = (await menu.locator('.action-label').allInnerTexts()).join('\n');
    assert.match(entries, /Open Task/);
    assert.doesNotMatch(entries, /Cut|Copy|Paste|Answer…/);
    await pressMenuItem(menu.getByText('Archive Task', { exact: false }), 'Archive Task in the menu of a card');
    await waitForCards('notstarted', ['Pay by card', 'Fix the login']);
    await window.runCommand('AgentRQ: Undo');
    await waitForCards('notstarted', ['Write the docs', 'Pay by card', 'Fix the login']);
  });

  it('keeps the keyboard on its card while agents change the board', async () => {
    const page = await kanban();
    await page.locator('.card', { hasText: 'Pay by card' }).focus();
    await agent.call('updateTaskStatus', { taskId: await create('Something new'), status: 'completed' });
    await waitForCards('completed', ['Something new']);
    assert.equal(await cardWithKeyboard(), 'Pay by card');
  });

  it('opens a task from its card', async () => {
    const page = await kanban();
    await page.locator('.card', { hasText: 'Pay by card' }).press('Enter');
    // Its page takes the keyboard once it is there, and a palette that is open then closes.
    const panel = await taskPanel(window.page, 'Pay by card');
    await panel.waitForText(/Pay by card/);
    await waitForKeyboard(panel.frame, 'its page');
    await window.runCommand('View: Close Editor');
    await waitForCards('ongoing', ['Release']);
  });

  it('is there again after a reload', async () => {
    // What the window saved while it had another filter or tab is passed over: every card has these words.
    await (await kanban()).getByLabel('Filter').fill('Claude');
    await waitForSavedState(window.page, /agentrq\.kanban[^]*Claude/);
    await window.reload();
    // Which tab was in front may not have been saved yet, and the editor brings a page back once it is.
    await window.editor.show('Kanban Board');
    await waitForCards('notstarted', ['Write the docs', 'Pay by card', 'Fix the login']);
    assert.equal(await (await kanban()).getByLabel('Filter').inputValue(), 'Claude');
    await (await kanban()).getByLabel('Filter').press('Escape');
    await waitForCards('completed', ['Something new']);
    await window.waitForRow('Tasks', 'Pay by card');
  });

  it('says on a card what it needs', async () => {
    const taskId = await create('Deploy to production, with the new settings of the database');
    await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
    await agent.call('askHuman', { question: 'Now, or after six?', taskId, choices: ['Now', 'After six'], wait_s: 1 }, { timeout: 30_000 });
    const card = (await kanban()).locator('.card.needs');
    await card.waitFor();
    assert.equal(await card.locator('.words').innerText(), 'Asks Now, or after six?');
    assert.match(await card.ariaSnapshot(), /option "Needs your answer: Now, or after six\? Task Deploy to production/);
    const page = await kanban();
    const needsMe = page.getByRole('button', { name: 'Needs me (1)' });
    await needsMe.click();
    await waitForCards('notstarted', []);
    const marked = await page.evaluate(`getComputedStyle(document.querySelector('.chip[aria-pressed="true"]'), '::before').content`);
    assert.match(String(marked), /✓/, 'a pressed chip is told by more than colour');
    await waitForCards('ongoing', ['Deploy to production, with the new settings of the database']);
    await page.getByRole('button', { name: 'Needs me (1)' }).click();
    await waitForCards('notstarted', ['Write the docs', 'Pay by card', 'Fix the login']);
    assert.equal((await cards('ongoing'))[0], 'Deploy to production, with the new settings of the database');
    await card.focus();
    await window.page.keyboard.press('a');
    await window.waitForQuickInput(/Now, or after six\?/);
    await window.leaveAll();
    await card.locator('.answer').click();
    await window.waitForQuickInput(/Now, or after six\?/);
    await window.leaveAll();
    await card.locator('.answer').dblclick();
    await window.waitForQuickInput(/Now, or after six\?/);
    await window.leaveAll();
    const tabs = (await window.editor.tabs()).map(({ label }) => label);
    assert.ok(!tabs.some((label) => label.includes('Deploy to production')), 'a double click on the button opens no task');
    await card.focus();
  });

  for (const theme of themes)
    it(`looks well in ${theme}, and axe finds nothing`, async () => {
      await window.setTheme(theme);
      await window.runCommand('AgentRQ: Focus on Tasks View');
      await picture(`board-${theme}`);
      assert.deepEqual(await axeFinds(await kanban()), []);
      await window.runCommand('View: Toggle Primary Side Bar Visibility');
      await picture(`kanban-${theme}`);
      await window.runCommand('View: Toggle Primary Side Bar Visibility');
    });
});
