import assert from 'node:assert/strict';
import type { TestAgent } from '../support/testAgent.ts';
import { waitFor } from '../support/waitFor.ts';
import { workbenchSuite } from './fixture.ts';

/** As a fast typist types. */
const letterMs = 35;

workbenchSuite('a user who types on after a choice', { file: 'release.md' }, ({ window, connect }) => {
  let agents: TestAgent[];
  let tasks = 0;

  before(async () => {
    agents = await Promise.all(['claude-code', 'codex', 'gemini-cli', 'opencode'].map((name) => connect(name)));
  });

  /** Without a pause, and without looking. */
  const typeOn = (text: string): Promise<void> => window.page.keyboard.type(text, { delay: letterMs });

  async function assertNothingTook(open: number, text: string): Promise<void> {
    const { title } = await window.waitForQuickInput(/\(\d of \d\)/);
    // It takes back what is typed as it hears of it.
    await waitFor(`nothing to stand in “${title}”`, async () => (await window.quickInput.content())?.value === '');
    await window.activityBar.waitForBadge('AgentRQ', open);
    assert.equal(await window.editorText(), text, 'the file');
    assert.equal((await window.focus()).part, 'quickInput');
  }

  /**
   * Waits until the extension has heard all that was pressed until now: it counts a task that was made after that. Its row may be out of
   * sight, below those of the times before.
   */
  async function waitUntilHeard(): Promise<void> {
    tasks += 1;
    await agents[0]?.createTask(`Heard ${tasks}`, 'In the workbench.');
    await waitFor(`${tasks} tasks`, async () => (await window.rows('Tasks')).some(({ description }) => description === String(tasks)));
  }

  /**
   * Chooses, and types on at once. Enter is held back until nothing was typed for a moment, of which the editor may hear late: then
   * nothing is decided, and the user chooses again. The first of a permission is to deny it.
   */
  async function choose(at: number, thenTyped: string): Promise<void> {
    const prompt = await window.waitForQuickInput(new RegExp(`\\(${at} of 4\\)`));
    await waitFor(`prompt ${at} to take what is chosen`, async () => {
      if ((await window.quickInput.untilItListens(prompt)) === 'gone') return true;
      if (prompt.kind === 'input') await window.typeInQuickInput('Aurora');
      else await window.press('ArrowDown');
      await window.press('Enter');
      await typeOn(thenTyped);
      await waitUntilHeard();
      // One that took it stays, busy, until the next one is there.
      do if (await window.quickInput.takes(prompt)) return true;
      while ((await window.quickInput.content())?.isBusy === true);
      await window.activityBar.waitForBadge('AgentRQ', 5 - at);
      await window.quickInput.lookFor('');
      return false;
    });
  }

  it('reaches neither the file nor the next prompt, decides nothing, and goes on where the keyboard was', async () => {
    const [claude, codex, gemini, opencode] = agents;
    assert.ok(claude && codex && gemini && opencode);
    const ask = async (agent: TestAgent, question: string, more: object): Promise<void> => {
      await agent.call('askHuman', { question, wait_s: 0, ...more });
      await window.waitForRow('Needs You', question);
    };
    const uses: Promise<unknown>[] = [];
    const use = async (agent: TestAgent, command: string): Promise<void> => {
      const input = { tool_name: 'Bash', input: { command }, tool_use_id: command.slice(0, 20) };
      uses.push(agent.call('requestPermission', input));
      await window.waitForRow('Needs You', new RegExp(command.slice(0, 12)));
    };
    await ask(claude, 'Where to?', { choices: ['Staging', 'Production'] });
    await use(codex, 'npm test');
    await ask(gemini, 'What is it called?', {});
    // One that is too long for a prompt: it stands on a page beside the file.
    await use(opencode, `git push origin main --force-with-lease --tags --follow-tags ${'-'.repeat(700)}`);
    await window.activityBar.waitForBadge('AgentRQ', 4);

    await window.typeIn('release.md', { line: 1, column: 1 });
    const text = await window.editorText();
    await window.press('Control+k', 'q');
    for (const at of [1, 2, 3]) {
      await choose(at, 'hello world\nyes\nallow it, please\n');
      await assertNothingTook(4 - at, text);
    }
    await choose(4, 'ab');
    await window.activityBar.waitForBadge('AgentRQ', undefined);
    await waitFor('the keyboard to be back in the file', async () => (await window.focus()).part === 'editor');
    assert.equal(await window.editorText(), text, 'two letters after the last choice');
    await Promise.all(uses);
    await typeOn('Goes on. ');
    await waitFor('what is typed to be in the file', async () => (await window.editorText()).startsWith('Goes on. # Release'));
    await Promise.all(agents.map((agent) => agent.call('getWorkspace')));
  });
});
