import assert from 'node:assert/strict';
import type { TestAgent } from '../support/testAgent.ts';
import { waitFor } from '../support/waitFor.ts';
import { strayMs } from '../support/workbench/quickInput.ts';
import type { TreeRow } from '../support/workbench/treeView.ts';
import { typeOn } from '../support/workbench/typeOn.ts';
import { workbenchSuite } from './fixture.ts';

/** When the window got the keys of the last choice: its Enter, and what was typed after it. Milliseconds. */
const keyTimes = 'globalThis.agentrqKeyTimes';

/** How often it is tried. */
const rounds = 5;

workbenchSuite('a user who types on after a choice', { file: 'release.md' }, ({ window, connect }) => {
  let agents: TestAgent[];
  let tasks = 0;

  before(async () => {
    agents = await Promise.all(['claude-code', 'codex', 'gemini-cli', 'opencode'].map((name) => connect(name)));
    await window.page.evaluate(`addEventListener('keydown', () => ${keyTimes}?.push(performance.now()), true)`);
  });

  /** Whether the machine made the fastest typist pause so long that what came after it is meant for what has the keyboard by then. */
  async function hasPaused(isLast: boolean): Promise<boolean> {
    const [chosenAt = 0, ...times] = await window.page.evaluate<number[]>(keyTimes);
    // The last prompt takes keys for a moment only, the others until there is a pause.
    const before = (at: number): number => (isLast ? chosenAt : (times[at - 1] ?? chosenAt));
    return times.some((time, at) => time - before(at) >= strayMs);
  }

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
    const isCount = ({ label, description }: TreeRow): boolean => label === 'Not Started' && description === String(tasks);
    await waitFor(`${tasks} tasks`, async () => (await window.rows('Tasks')).some(isCount));
  }

  /**
   * Chooses, and types on at once. Enter is held back until nothing was typed for a moment, of which the editor may hear late: then
   * nothing is decided, and the user chooses again. The first of a permission is to deny it.
   * @returns false if the machine made the typist pause
   */
  async function choose(at: number, thenTyped: string): Promise<boolean> {
    let isFast = true;
    const prompt = await window.waitForQuickInput(new RegExp(`\\(${at} of 4\\)`));
    await waitFor(`prompt ${at} to take what is chosen`, async () => {
      if ((await window.quickInput.untilItListens(prompt)) === 'gone') return true;
      if (prompt.kind === 'input') await window.typeInQuickInput('Aurora');
      else await window.press('ArrowDown');
      await window.page.evaluate(`${keyTimes} = []`);
      await window.press('Enter');
      await typeOn(window.page, thenTyped);
      await waitUntilHeard();
      isFast = !(await hasPaused(at === 4));
      if (!isFast) return true;
      // One that took it stays, busy, until the next one is there.
      do if (await window.quickInput.takes(prompt)) return true;
      while ((await window.quickInput.content())?.isBusy === true);
      await window.activityBar.waitForBadge('AgentRQ', 5 - at);
      await window.quickInput.type('');
      return false;
    });
    return isFast;
  }

  /** Asks, and types on after each choice. @returns false if the machine made the typist pause: then it proves nothing */
  async function play(round: number): Promise<boolean> {
    const [claude, codex, gemini, opencode] = agents;
    assert.ok(claude && codex && gemini && opencode);
    const taskIds = await Promise.all(agents.map((agent) => agent.createTask(`Round ${round}`, 'In the workbench.')));
    const move = (status: string): Promise<unknown> =>
      Promise.all(agents.map((agent, at) => agent.call('updateTaskStatus', { taskId: taskIds[at], status })));
    await move('ongoing');
    const ask = async (agent: TestAgent, question: string, more: object): Promise<void> => {
      await agent.call('askHuman', { question, taskId: taskIds[agents.indexOf(agent)], wait_s: 0, ...more });
      await window.waitForRow('Needs You', question);
    };
    const uses: Promise<unknown>[] = [];
    const use = async (agent: TestAgent, command: string): Promise<void> => {
      const input = { tool_name: 'Bash', input: { command }, tool_use_id: `${round} ${command.slice(0, 20)}` };
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
    const typeOnAfterEach = async (): Promise<boolean> => {
      for (const at of [1, 2, 3]) {
        if (!(await choose(at, 'hello world\nyes\nallow it, please\n'))) return false;
        await assertNothingTook(4 - at, text);
      }
      return choose(4, 'ab');
    };
    await window.press('Control+k', 'q');
    const isFast = await typeOnAfterEach();
    if (isFast) {
      await window.activityBar.waitForBadge('AgentRQ', undefined);
      await waitFor('the keyboard to be back in the file', async () => (await window.focus()).part === 'editor');
      assert.equal(await window.editorText(), text, 'two letters after the last choice');
      await typeOn(window.page, 'Goes on. ');
      await waitFor('what is typed to be in the file', async () => (await window.editorText()) === `Goes on. ${text}`);
    } else await window.leaveAll();
    // What is still open is withdrawn.
    await move('completed');
    await Promise.all(uses);
    await window.activityBar.waitForBadge('AgentRQ', undefined);
    return isFast;
  }

  it('reaches neither the file nor the next prompt, decides nothing, and goes on where the keyboard was', async () => {
    for (let round = 1; !(await play(round)); round += 1) assert.ok(round < rounds, 'the machine made the typist pause in each round');
    await Promise.all(agents.map((agent) => agent.call('getWorkspace')));
  });
});
