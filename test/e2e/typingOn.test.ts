import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { TestAgent } from '../support/testAgent.ts';
import { strayMs } from '../support/workbench/quickInput.ts';
import type { TreeRow } from '../support/workbench/treeView.ts';
import { typeOn } from '../support/workbench/typeOn.ts';
import { defaultLimitMs, waitFor, waitUntil } from '../support/workbench/waitUntil.ts';
import { workbenchSuite } from './fixture.ts';

/** How often it is tried. */
const rounds = 5;

/** How long is waited for what a round shows after a pause: a failure proves nothing then. */
const afterPauseMs = 3_000;

/** What the user sees of a round. */
interface Shown {
  /** The number in the title of the open prompt, and what stands in its box. */
  readonly prompt: string | undefined;
  readonly value: string | undefined;
  readonly openRequests: number | undefined;
  readonly file: string;
  readonly keyboard: string;
}

workbenchSuite('a user who types on after a choice', { file: 'release.md' }, ({ window, connect }) => {
  let agents: TestAgent[];
  let tasks = 0;
  /** The machine made the fastest typist of this round pause so long that what came after it was meant for what had the keyboard by then. */
  let hasPaused = false;

  before(async () => {
    agents = await Promise.all(['claude-code', 'codex', 'gemini-cli', 'opencode'].map((name) => connect(name)));
  });

  async function waitForShown(what: string, expected: Shown): Promise<void> {
    await waitUntil({
      what,
      look: async (): Promise<Shown> => {
        const content = await window.quickInput.content();
        return {
          prompt: /\((\d of \d)\)/.exec(content?.title ?? '')?.[1],
          value: content?.value,
          openRequests: await window.badgeOf('AgentRQ'),
          file: await window.editorText(),
          keyboard: (await window.focus()).part,
        };
      },
      find: (shown) => (isDeepStrictEqual(shown, expected) ? true : undefined),
      limitMs: hasPaused ? afterPauseMs : defaultLimitMs,
    });
  }

  /** Waits until this prompt is the one that is open, and empty: it takes back what is typed as it hears of it. */
  function waitForPrompt(at: number, file: string): Promise<void> {
    const expected = { prompt: `${at} of 4`, value: '', openRequests: 5 - at, file, keyboard: 'quickInput' };
    return waitForShown(`prompt ${at} to have taken nothing`, expected);
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

  /** Presses Enter, and types on at once. */
  async function enterAndType(at: number, thenTyped: string): Promise<void> {
    const times = await typeOn(window.page, `\n${thenTyped}`);
    // The last prompt takes keys for a moment after Enter, the others until there is a pause.
    const since = (key: number): number => times[at === 4 ? 0 : Math.max(key - 1, 0)] ?? 0;
    hasPaused ||= times.some((time, key) => time - since(key) >= strayMs);
  }

  /**
   * Chooses, and types on at once. Enter is held back until nothing was typed for a moment, of which the editor may hear late: then
   * nothing is decided, and the user chooses again. The first of a permission is to deny it.
   */
  async function choose(at: number, thenTyped: string, file: string): Promise<void> {
    const prompt = await window.waitForQuickInput(new RegExp(`\\(${at} of 4\\)`));
    await waitFor(`prompt ${at} to take what is chosen`, async () => {
      if ((await window.quickInput.untilItListens(prompt)) === 'gone') return true;
      if (prompt.kind === 'input') await window.typeInQuickInput('Aurora');
      else await window.press('ArrowDown');
      await enterAndType(at, thenTyped);
      await waitUntilHeard();
      // One that took it stays, busy, until the next one is there.
      do if (await window.quickInput.takes(prompt)) return true;
      while ((await window.quickInput.content())?.isBusy === true);
      await window.quickInput.type('');
      await waitForPrompt(at, file);
      return false;
    });
  }

  /** Types on after each choice, and at last into the file. */
  async function typeOnAfterEach(): Promise<void> {
    await window.typeIn('release.md', { line: 1, column: 1 });
    const file = await window.editorText();
    await window.press('Control+k', 'q');
    for (const at of [1, 2, 3]) {
      await choose(at, 'hello world\nyes\nallow it, please\n', file);
      await waitForPrompt(at + 1, file);
    }
    await choose(4, 'ab', file);
    const nothing = { prompt: undefined, value: undefined, openRequests: undefined };
    await waitForShown('the keyboard to be back in the file', { ...nothing, file, keyboard: 'editor' });
    await typeOn(window.page, 'Goes on. ');
    await waitForShown('what is typed to be in the file', { ...nothing, file: `Goes on. ${file}`, keyboard: 'editor' });
  }

  /** @returns false if it failed after the machine had made the typist pause: that proves nothing */
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

    hasPaused = false;
    const error = await typeOnAfterEach().catch((reason: unknown) => reason);
    if (error !== undefined && (!hasPaused || round === rounds)) throw error;
    if (error !== undefined) await window.leaveAll();
    // What is still open is withdrawn.
    await move('completed');
    await Promise.all(uses);
    await window.activityBar.waitForBadge('AgentRQ', undefined);
    return error === undefined;
  }

  it('reaches neither the file nor the next prompt, decides nothing, and goes on where the keyboard was', async () => {
    let round = 1;
    while (!(await play(round))) round += 1;
    await Promise.all(agents.map((agent) => agent.call('getWorkspace')));
  });
});
