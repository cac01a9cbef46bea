import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { copyAddress } from '../../test/e2e/copyAddress.ts';
import { startProduct } from '../../test/support/product.ts';
import { connectAgent } from '../../test/support/testAgent.ts';
import { waitFor } from '../../test/support/waitFor.ts';
import { taskPanel } from '../../test/support/workbench/taskPanel.ts';
import type { Workbench } from '../../test/support/workbench/workbench.ts';
import { type Camera, createCamera } from './camera.ts';
import { type Agents, fillBoard } from './fillBoard.ts';
import { sampleCode } from './sampleCode.ts';

const settledMs = 4_000;
const totalsTask = 'Round the totals line by line';

/** What a person sees from the first window to the last decision, one picture for each state and theme. */
export async function takePictures(folder: string): Promise<void> {
  // The walkthrough keeps settings of its own, which the editor tries to save while the theme changes: they are not to be in other pictures.
  await inNewWindow(folder, async (window, camera) => {
    await camera.inEveryTheme('nothing-yet');
    await walkthrough(window, camera);
  });
  await inNewWindow(folder, async (window, camera) => {
    const address = await copyAddress(window);
    const [claude, codex, gemini] = await Promise.all(
      ['claude-code', 'codex', 'gemini-cli-mcp-client'].map((name) => connectAgent('legacy', address, name)),
    );
    if (claude === undefined || codex === undefined || gemini === undefined) throw new Error('three agents are needed');
    const agents = { claude, codex, gemini };
    await window.waitForRow('Agents', /Gemini/);
    await window.page.getByText(/is on the clipboard/).waitFor({ state: 'hidden' });
    await camera.inEveryTheme('all-clear');
    await toast(window, camera, agents);
    const taskId = await fillBoard(agents);
    await window.waitForRow('Needs You', /Which checks/);
    await digest(window, camera);
    // From here on nothing lies over what is shown.
    await window.runCommand('Notifications: Toggle Do Not Disturb Mode');
    await window.dismissToasts();
    await camera.inEveryTheme('board');
    await catchUp(window, camera);
    await camera.inEveryTheme('answering', {
      async open() {
        await window.clickRow('Needs You', /Which checks/);
        await window.waitForQuickInput(/Which checks/);
      },
      close: () => window.quickInput.cancel(),
    });
    await panel(window, camera, agents, taskId);
    await inTheCode(window, camera);
    await decisions(window, camera);
    await kanban(window, camera);
    await Promise.all([claude, codex, gemini].map((agent) => agent.close()));
  });
}

async function inNewWindow(folder: string, take: (window: Workbench, camera: Camera) => Promise<void>): Promise<void> {
  const product = await startProduct({ log: console.log });
  try {
    writeFileSync(join(product.folder, 'total.py'), sampleCode);
    const window = await product.open();
    await window.openFile('total.py');
    await window.openView('AgentRQ');
    await window.view('Needs You').waitForWelcome(/No agent is connected yet/);
    await take(window, createCamera(window, folder));
  } finally {
    await product.dispose();
  }
}

async function walkthrough(window: Workbench, camera: Camera): Promise<void> {
  await window.view('Needs You').clickWelcomeButton('Take the Tour');
  await window.page.locator('.gettingStartedContainer .getting-started-step').first().waitFor();
  // In a narrow tab the editor leaves the picture of a step out.
  await window.runCommand('View: Toggle Primary Side Bar Visibility');
  await camera.inEveryTheme('walkthrough');
}

async function toast(window: Workbench, camera: Camera, { claude }: Agents): Promise<void> {
  void claude
    .call(
      'requestPermission',
      { tool_name: 'Bash', input: { command: 'npm publish --dry-run' }, tool_use_id: 'use-1' },
      { timeout: 600_000 },
    )
    .catch(() => {});
  await window.waitForToast(/npm publish/);
  await camera.inEveryTheme('toast');
  await window.dismissToasts();
}

/** What came first may have a notification of its own. Once all else has settled behind it, and it goes, the digest comes. */
async function digest(window: Workbench, camera: Camera): Promise<void> {
  await window.waitForToast(/^From .+: |asks|is blocked|has finished/);
  await delay(settledMs);
  const isThere = (await window.toasts()).some(({ message }) => /^From .+: /.test(message));
  if (!isThere) await window.dismissToasts();
  const came = await window.waitForToast(/^From .+: /).then(
    () => true,
    () => false,
  );
  if (came) await camera.inEveryTheme('digest');
  else console.log('There is no picture of a digest: what came was announced one by one.');
}

async function catchUp(window: Workbench, camera: Camera): Promise<void> {
  await camera.inEveryTheme('catch-up', {
    async open() {
      await window.tree('Tasks').rowActions(totalsTask);
      await window.page.locator('.monaco-hover', { hasText: 'Needs from you' }).waitFor();
    },
    close: () => window.page.mouse.move(900, 300),
  });
}

/** The page of a task: what waits in it, what was decided in it, and the steps on the way. */
async function panel(window: Workbench, camera: Camera, { claude }: Agents, taskId: string): Promise<void> {
  await window.rowAction('Needs You', /npm publish/, 'Open');
  await waitForPage(window);
  await camera.inEveryTheme('panel-permission');
  await camera.inEveryTheme('permission-prompt', {
    async open() {
      await window.clickRow('Needs You', /npm publish/);
      await window.waitForQuickInput(/npm publish/);
    },
    close: () => window.quickInput.cancel(),
  });
  await window.runCommand('View: Close Editor');

  await window.clickRow('Tasks', totalsTask);
  const page = await taskPanel(window.page, totalsTask);
  await page.waitForText(/Two callers rely on it/);
  await camera.inEveryTheme('panel-question');

  await page.frame.getByRole('button', { name: 'Change both' }).click();
  await page.waitForText(/You answered|Change both/);
  await claude.call('getWorkspace');
  await claude.call('reply', { chatId: taskId, text: 'Both callers round line by line now.' });
  await claude.call('requestReview', {
    summary: 'The totals are rounded line by line, and so do the two callers.\n\n- `cart.py`\n- `invoice.py`',
    file: 'total.py',
    line: 7,
    snippet: '    net = sum(item.price * item.count for item in items)',
    taskId,
    wait_s: 0,
  });
  await page.waitForText(/Send Back/);
  await window.dismissToasts();
  await camera.inEveryTheme('panel-review');
  await page.frame.getByRole('button', { name: 'Approve' }).click();
  await page.waitForText(/You approved it/);
  await claude.call('getWorkspace');
  await claude.call('updateTaskStatus', { taskId, status: 'completed' });
  await page.waitForText(/Completed/);
  await camera.inEveryTheme('panel-settled');
  await page.frame.getByRole('button', { name: 'Timeline' }).click();
  await camera.inEveryTheme('panel-timeline');
  await window.runCommand('View: Close Editor');

  const next = await claude.createTask('One place for rounding', 'Find it, and use it.');
  await claude.call('updateTaskStatus', { taskId: next, status: 'ongoing' });
  const question = 'Should the rounding stay here, or go into the cart?';
  await claude.call('askHuman', { question, choices: ['It stays', 'Into the cart'], taskId: next, file: 'total.py', line: 8, wait_s: 0 });
}

async function inTheCode(window: Workbench, camera: Camera): Promise<void> {
  await window.rowAction('Needs You', /total\.py:8/, 'Open');
  await window.editor.waitForTab('total.py');
  await waitFor('the thread to be open', () => window.page.locator('.review-widget').filter({ visible: true }).isVisible());
  await camera.inEveryTheme('in-the-code');
}

async function decisions(window: Workbench, camera: Camera): Promise<void> {
  await camera.inEveryTheme('decisions', {
    async open() {
      await window.runCommand('AgentRQ: Show Decision History…');
      await window.waitForQuickInput(/Search what was asked/);
      await window.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    },
    close: () => window.quickInput.cancel(),
  });
}

async function kanban(window: Workbench, camera: Camera): Promise<void> {
  await window.runCommand('AgentRQ: Open Kanban Board');
  await waitForPage(window);
  await waitForDrawn(window, 'Make the build twice as fast');
  await window.dismissToasts();
  await camera.inEveryTheme('kanban');
}

/** Waits until something else than the code is in front. */
async function waitForPage(window: Workbench): Promise<void> {
  await waitFor('a page to be in front', async () =>
    (await window.editor.tabs()).some(({ active, label }) => active && label !== 'total.py'),
  );
}

/** Waits until a webview shows this; before that it may still take the keyboard. */
async function waitForDrawn(window: Workbench, text: string): Promise<void> {
  await waitFor(`a page with “${text}”`, async () => {
    // The first frame is the window itself.
    const frames = window.page.frames().slice(1);
    const counts = await Promise.all(
      frames.map((frame) =>
        frame
          .getByText(text)
          .count()
          .catch(() => 0),
      ),
    );
    return counts.some((count) => count > 0);
  });
}
