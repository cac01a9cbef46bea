import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyAddress } from '../test/e2e/copyAddress.ts';
import { startProduct } from '../test/support/product.ts';
import { connectAgent, type TestAgent } from '../test/support/testAgent.ts';
import { waitFor } from '../test/support/waitFor.ts';
import type { Theme } from '../test/support/workbench/setTheme.ts';
import type { Workbench } from '../test/support/workbench/workbench.ts';
import { animatedPng, type Frame } from './animatedPng.ts';

// npm run screenshots: pictures of the packaged extension in a real workbench, in four themes, and an animation of the main loop.

const folder = join(import.meta.dirname, '..', 'out', 'screenshots');
const themes: readonly Theme[] = ['dark', 'light', 'hcDark', 'hcLight'];

const code = `import cart


def total(items):
    """What the customer pays, in cents."""
    # TODO: round each line, not the sum
    net = sum(item.price * item.count for item in items)
    return round(net * (1 + cart.vat))
`;

async function take(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const product = await startProduct({ log: console.log });
  const agents: TestAgent[] = [];
  try {
    writeFileSync(join(product.folder, 'total.py'), code);
    const window = await product.open();
    await window.openFile('total.py');
    await window.openView('AgentRQ');
    await window.view('Needs You').waitForWelcome(/no agent has come yet/, 60_000);
    await inEveryTheme(window, 'nothing-yet');
    const address = await copyAddress(window);
    for (const name of ['claude-code', 'codex', 'gemini-cli-mcp-client']) agents.push(await connectAgent('modern', address, name));
    await toast(window, agents);
    await fill(agents);
    await window.waitForRow('Needs You', /Which checks/);
    // From here on nothing lies over what is shown.
    await window.waitForToast(/is blocked|From your agents/);
    await window.runCommand('Notifications: Toggle Do Not Disturb Mode');
    await window.dismissToasts();
    await inEveryTheme(window, 'board');
    await answering(window);
    await permission(window);
    await taskPage(window);
    await inTheCode(window);
    await kanban(window);
    console.log(`Pictures: ${folder}`);
  } finally {
    await Promise.all(agents.map((agent) => agent.close()));
    await product.dispose();
  }
}

/** A board with something of everything. */
async function fill([claude, codex, gemini]: readonly TestAgent[]): Promise<void> {
  if (claude === undefined || codex === undefined || gemini === undefined) throw new Error('three agents are needed');
  const task = async (agent: TestAgent, title: string, status: string): Promise<string> => {
    const taskId = (await agent.call('createTask', { title, body: `${title}, with a test.` })).text.slice(-11);
    if (status !== 'notstarted') await agent.call('updateTaskStatus', { taskId, status });
    return taskId;
  };
  await task(gemini, 'Write the notes of the release', 'notstarted');
  await task(codex, 'Rename the module of prices', 'completed');
  const build = await task(codex, 'Make the build twice as fast', 'ongoing');
  const totals = await task(claude, 'Round the totals line by line', 'ongoing');
  const flaky = await task(gemini, 'Find the flaky test', 'blocked');
  await claude.call('reply', { chatId: totals, text: 'The rounding is in `total.py`. Two callers rely on it.' });
  const question = 'Two callers expect the old rounding. Should I change them too?';
  await claude.call('askHuman', { question, choices: ['Change both', 'Keep them'], taskId: totals, file: 'total.py', line: 7, wait_s: 0 });
  const checks = ['Types', 'Lint', 'Unit tests', 'The whole suite'];
  await codex.call('askHuman', {
    question: 'Which checks should run on each commit?',
    choices: checks,
    multiple: true,
    taskId: build,
    wait_s: 0,
  });
  await gemini.call('askHuman', { question: 'It fails only on Mondays. May I pin the clock in the tests?', taskId: flaky, wait_s: 0 });
}

async function toast(window: Workbench, [claude]: readonly TestAgent[]): Promise<void> {
  void claude
    ?.call('requestPermission', { tool_name: 'Bash', input: { command: 'npm publish --dry-run' }, tool_use_id: 'use-1' })
    .catch(() => {});
  await window.waitForToast(/npm publish/);
  await inEveryTheme(window, 'toast');
  await window.dismissToasts();
}

async function answering(window: Workbench): Promise<void> {
  for (const theme of themes) {
    await window.setTheme(theme);
    await window.clickRow('Needs You', /Which checks/);
    await window.waitForQuickInput(/Which checks/);
    await picture(window, 'answering', theme);
    await window.quickInput.cancel();
  }
}

async function permission(window: Workbench): Promise<void> {
  await window.rowAction('Needs You', /npm publish/, 'Open');
  await waitForPage(window);
  await inEveryTheme(window, 'permission');
  await window.runCommand('View: Close Editor');
}

async function taskPage(window: Workbench): Promise<void> {
  await window.clickRow('Tasks', 'Round the totals line by line');
  await waitForPage(window);
  await waitForDrawn(window, 'Two callers rely on it.');
  await inEveryTheme(window, 'task');
}

async function inTheCode(window: Workbench): Promise<void> {
  await window.rowAction('Needs You', /total\.py:7/, 'Open');
  await window.editor.waitForTab('total.py');
  await waitFor('the thread to be open', () => window.page.locator('.review-widget').filter({ visible: true }).isVisible());
  await inEveryTheme(window, 'in-the-code');
}

async function kanban(window: Workbench): Promise<void> {
  await window.runCommand('AgentRQ: Open Kanban Board');
  await waitForPage(window);
  await waitForDrawn(window, 'Make the build twice as fast');
  await inEveryTheme(window, 'kanban');
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

async function inEveryTheme(window: Workbench, name: string): Promise<void> {
  for (const theme of themes) {
    await window.setTheme(theme);
    await picture(window, name, theme);
  }
}

async function picture(window: Workbench, name: string, theme: Theme): Promise<void> {
  await window.screenshot(join(folder, `${name}-${theme}.png`));
}

/** A question comes while the person types, a click answers it, and the agent goes on: frame by frame. */
async function mainLoop(): Promise<void> {
  const product = await startProduct({ log: console.log });
  try {
    writeFileSync(join(product.folder, 'total.py'), code);
    const window = await product.open();
    await window.openFile('total.py');
    await window.openView('AgentRQ');
    await window.view('Needs You').waitForWelcome(/no agent has come yet/, 60_000);
    const agent = await connectAgent('modern', await copyAddress(window), 'claude-code');
    await window.openFile('total.py');
    await window.page.keyboard.press('Control+End');
    writeFileSync(join(folder, 'main-loop.png'), animatedPng(await playLoop(window, agent)));
    await agent.close();
  } finally {
    await product.dispose();
  }
}

async function playLoop(window: Workbench, agent: TestAgent): Promise<Frame[]> {
  const frames: Frame[] = [];
  const shoot = async (ms: number): Promise<void> => {
    frames.push({ png: await window.page.screenshot({ animations: 'disabled', caret: 'initial' }), ms });
  };
  await shoot(800);
  const taskId = (await agent.call('createTask', { title: 'Deploy the shop', body: 'To staging first.' })).text.slice(-11);
  const asking = agent.call('askHuman', { question: 'Where should I deploy it?', choices: ['Staging', 'Production'], taskId, wait_s: 60 });
  await window.waitForToast(/Where should I deploy it\?/);
  await window.waitForRow('Needs You', /Where should I deploy it\?/);
  await shoot(1_800);
  for (const word of ['# ', 'one ', 'line']) {
    await window.page.keyboard.type(word);
    await shoot(250);
  }
  await shoot(600);
  await window.clickToastButton(/Where should I deploy it\?/, 'Staging');
  await asking;
  await window.waitForRow('Needs You', /not confirmed yet|delivered/);
  await shoot(1_400);
  await agent.call('reply', { chatId: taskId, text: 'Deployed to staging.' });
  await agent.call('updateTaskStatus', { taskId, status: 'completed' });
  await window.waitForRow('Tasks', 'Completed');
  await shoot(2_400);
  return frames;
}

await take();
await mainLoop();
