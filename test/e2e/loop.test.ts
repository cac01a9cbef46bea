import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestAgent } from '../support/testAgent.ts';
import type { QuickInputContent } from '../support/workbench/quickInput.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';

const screenshots = join(import.meta.dirname, '..', '..', 'out', 'screenshots');

const options: SuiteOptions = { file: 'release.md', prepare: () => void mkdirSync(screenshots, { recursive: true }) };

workbenchSuite('answering all agents, one after the other, by keyboard', options, ({ window, connect }) => {
  let agents: TestAgent[];

  before(async () => {
    agents = await Promise.all(['claude-code', 'codex', 'gemini-cli', 'opencode'].map((name) => connect(name)));
  });

  function agentAt(index: number): TestAgent {
    const agent = agents[index];
    assert.ok(agent);
    return agent;
  }

  function ask(index: number, question: string, more: object = {}) {
    return agentAt(index).call('askHuman', { question, wait_s: 240, ...more });
  }

  const answerOf = ({ structured }: { structured: Record<string, unknown> }): unknown => {
    const { at: _at, ...answer } = structured['answer'] as { at: string };
    return answer;
  };

  /** The one chord. */
  async function chord(): Promise<void> {
    await window.press('Control+k', 'q');
  }

  async function picture(name: string): Promise<void> {
    await window.screenshot(join(screenshots, `answering-${name}.png`));
  }

  async function beginInFile(): Promise<void> {
    await window.typeIn('release.md', { line: 3, column: 1 });
  }

  const focusedLabels = ({ items }: QuickInputContent): string[] => items.filter(({ focused }) => focused).map(({ label }) => label);

  it('walks four agents in the order of need until all is clear, and a stray Enter decides nothing', async () => {
    await beginInFile();
    const caret = await window.cursorPosition();
    const where = ask(0, 'Where to?', { choices: ['Staging', 'Production'] });
    await window.waitForRow('Needs You', 'Where to?');
    const which = ask(1, 'Which parts?', { choices: ['Shop', 'Search', 'Mail'], multiple: true });
    await window.waitForRow('Needs You', 'Which parts?');
    const name = ask(2, 'What is it called?');
    await window.waitForRow('Needs You', 'What is it called?');
    const leave = agentAt(3).call('requestPermission', { tool_name: 'Bash', input: { command: 'npm test' }, tool_use_id: 'use-1' });
    await window.waitForRow('Needs You', 'Run: npm test');
    await window.activityBar.waitForBadge('AgentRQ', 4);
    await waitFor('the keyboard to be still in the file', async () => (await window.focus()).part === 'editor');

    await chord();
    const first = await window.waitForQuickInput(/wants to run a command \(1 of 4\)/);
    await window.press('Enter', 'Enter');
    assert.deepEqual(focusedLabels(first), [], 'something was chosen before the user chose');
    await picture('1-permission');
    await window.press('Enter');
    assert.equal((await window.waitForQuickInput()).title, first.title, 'a stray Enter decided');
    await window.activityBar.waitForBadge('AgentRQ', 4);
    await window.press('ArrowDown', 'ArrowDown', 'ArrowDown');
    await waitFor('what allows to be chosen', async () => focusedLabels(await window.waitForQuickInput()).join() === 'Allow Once');
    await window.acceptQuickInput();
    assert.equal((JSON.parse((await leave).text) as { behavior: string }).behavior, 'allow');

    const second = await window.waitForQuickInput(/asks \(2 of 4\)/);
    assert.deepEqual(focusedLabels(second), []);
    await picture('2-choice');
    await window.press('ArrowDown');
    await window.acceptQuickInput();
    assert.deepEqual(answerOf(await where), { choices: ['Staging'] });

    await window.waitForQuickInput(/asks \(3 of 4\)/);
    await window.press('ArrowDown', 'Space', 'ArrowDown', 'ArrowDown', 'Space');
    await picture('3-several');
    await window.acceptQuickInput();
    assert.deepEqual(answerOf(await which), { choices: ['Shop', 'Mail'] });

    await window.waitForQuickInput(/asks \(4 of 4\)/);
    await window.typeInQuickInput('Aurora');
    await picture('4-words');
    await window.acceptQuickInput();
    assert.deepEqual(answerOf(await name), { text: 'Aurora' });

    await window.statusBarItem(/All clear/);
    await picture('5-all-clear');
    await window.activityBar.waitForBadge('AgentRQ', undefined);
    await waitFor('the keyboard to be back in the file', async () => (await window.focus()).part === 'editor');
    assert.deepEqual(await window.cursorPosition(), caret);
    await Promise.all(agents.map((agent) => agent.call('getWorkspace')));
  });

  it('skips with the same keys, and goes back', async () => {
    const one = ask(0, 'First?', { choices: ['Yes', 'No'] });
    await window.waitForRow('Needs You', 'First?');
    const two = ask(1, 'Second?', { choices: ['Yes', 'No'] });
    await window.waitForRow('Needs You', 'Second?');
    await chord();
    await window.waitForQuickInput(/First\?/);
    await chord();
    // The editor's own key to go back in a prompt, on Linux.
    assert.match((await window.waitForQuickInput(/Second\?/)).title, /\(2 of 2\)/);
    await picture('6-back');
    await window.press('Control+Alt+Minus');
    assert.match((await window.waitForQuickInput(/First\?/)).title, /\(1 of 2\)/);
    await window.press('ArrowDown');
    await window.acceptQuickInput();
    assert.deepEqual(answerOf(await one), { choices: ['Yes'] });
    await window.waitForQuickInput(/Second\?/);
    await chord();
    await window.statusBarItem(/Done\. 1 skipped\./);
    await window.activityBar.waitForBadge('AgentRQ', 1);
    // It stays for a moment, for keys that were meant for it.
    await waitFor('the prompt to go', async () => (await window.quickInput.content()) === undefined);
    await chord();
    await window.waitForQuickInput(/Second\?/);
    await window.press('ArrowDown', 'ArrowDown');
    await window.acceptQuickInput();
    assert.deepEqual(answerOf(await two), { choices: ['No'] });
    await Promise.all(agents.map((agent) => agent.call('getWorkspace')));
  });

  it('goes on by itself when the request is answered elsewhere, and says so', async () => {
    const one = ask(0, 'Answered by the toast?', { choices: ['Yes', 'No'] });
    await window.waitForToast(/Answered by the toast\?/);
    const two = ask(1, 'And this one?');
    await window.waitForRow('Needs You', 'And this one?');
    await chord();
    await window.waitForQuickInput(/Answered by the toast\?/);
    await window.clickToastButton(/Answered by the toast\?/, 'No');
    assert.deepEqual(answerOf(await one), { choices: ['No'] });
    await window.waitForToast(/already answered elsewhere/);
    await window.waitForQuickInput(/And this one\?/);
    await window.typeInQuickInput('Yes, by hand.');
    await window.acceptQuickInput();
    assert.deepEqual(answerOf(await two), { text: 'Yes, by hand.' });
    await Promise.all(agents.map((agent) => agent.call('getWorkspace')));
  });

  it('keeps what was typed, by Escape and over a reload', async () => {
    const asked = await agentAt(2).call('askHuman', { question: 'Why so late?', wait_s: 0 });
    await window.waitForRow('Needs You', 'Why so late?');
    await beginInFile();
    await chord();
    await window.waitForQuickInput(/Why so late\?/);
    await window.page.keyboard.type('Because of the half');
    await window.press('Escape');
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await chord();
    assert.equal((await window.waitForQuickInput(/Why so late\?/)).value, 'Because of the half');
    const meanwhile = ask(0, 'Something else?');
    await window.activityBar.waitForBadge('AgentRQ', 2);
    await chord();
    await window.waitForQuickInput(/Something else\?/);
    await window.typeInQuickInput('No.');
    await window.acceptQuickInput();
    assert.deepEqual(answerOf(await meanwhile), { text: 'No.' });
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await window.reload();
    await window.waitForRow('Needs You', 'Why so late?');
    await beginInFile();
    await chord();
    assert.equal((await window.waitForQuickInput(/Why so late\?/)).value, 'Because of the half');
    await window.typeInQuickInput('Because of the moon.');
    await window.acceptQuickInput();
    const answered = await agentAt(2).call('waitForReply', { requestId: asked.structured['requestId'], wait_s: 240 });
    assert.deepEqual(answerOf(answered), { text: 'Because of the moon.' });
    await agentAt(2).call('getWorkspace');
  });

  it('gives the same answer to all who ask the same', async () => {
    const same = { choices: ['pnpm', 'npm'] };
    const asking = [0, 1, 2].map((index) => ask(index, 'Which package manager?', same));
    await window.activityBar.waitForBadge('AgentRQ', 3);
    await chord();
    await window.waitForQuickInput(/Which package manager\?/);
    await window.press('ArrowDown');
    await window.acceptQuickInput();
    const others = await window.waitForQuickInput(/The Same Answer/);
    assert.deepEqual([others.items.length, others.items[0]?.label], [3, 'All 2 of Them']);
    await picture('7-same');
    await window.press('ArrowDown');
    await window.acceptQuickInput();
    for (const asked of await Promise.all(asking)) assert.deepEqual(answerOf(asked), { choices: ['pnpm'] });
    await window.activityBar.waitForBadge('AgentRQ', undefined);
    await Promise.all(agents.map((agent) => agent.call('getWorkspace')));
  });

  it('gives the same verdict only to those that the user ticks, by keyboard', async () => {
    const asking = [0, 1, 2].map((index) =>
      agentAt(index).call('requestPermission', { tool_name: 'Bash', input: { command: 'npm ci' }, tool_use_id: `same-${index}` }),
    );
    await window.activityBar.waitForBadge('AgentRQ', 3);
    await chord();
    const first = await window.waitForQuickInput(/wants to run/);
    assert.equal(first.placeholder, 'npm ci');
    await window.press('ArrowDown', 'ArrowDown', 'ArrowDown');
    await window.acceptQuickInput();
    const others = await window.waitForQuickInput(/Allow Exactly This Once for Others, Too\?/);
    assert.deepEqual([others.kind, others.placeholder], ['multiPick', 'Bash: npm ci']);
    assert.deepEqual(
      others.items.map(({ checked, focused }) => [checked, focused]),
      [
        [false, false],
        [false, false],
      ],
    );
    await picture('9-same-verdict');
    await window.press('Enter');
    assert.match((await window.waitForQuickInput()).title, /^Allow Exactly This/, 'a stray Enter allowed something');
    await window.activityBar.waitForBadge('AgentRQ', 2);
    await window.press('ArrowDown', 'Space');
    await window.acceptQuickInput();
    // The round goes on with the one that was left out.
    await window.waitForQuickInput(/wants to run/);
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await window.press('ArrowDown');
    await window.acceptQuickInput();
    const verdicts = (await Promise.all(asking)).map(({ text }) => (JSON.parse(text) as { behavior: string }).behavior);
    assert.deepEqual(verdicts.toSorted(), ['allow', 'allow', 'deny']);
    await Promise.all(agents.map((agent) => agent.call('getWorkspace')));
  });

  it('takes back an answer that no agent has been given yet', async () => {
    const { structured } = await agentAt(3).call('askHuman', { question: 'Ship it?', choices: ['Yes', 'No'], wait_s: 0 });
    await window.waitForRow('Needs You', 'Ship it?');
    await chord();
    await window.waitForQuickInput(/Ship it\?/);
    await window.press('ArrowDown');
    await window.acceptQuickInput();
    await window.activityBar.waitForBadge('AgentRQ', undefined);
    await window.statusBarItem(/Undo Answer/);
    await picture('8-take-back');
    await window.runCommand('AgentRQ: Undo Answer');
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await window.statusBarItem(/Answer undone/);
    await chord();
    await window.waitForQuickInput(/Ship it\?/);
    await window.press('ArrowDown', 'ArrowDown');
    await window.acceptQuickInput();
    const answered = await agentAt(3).call('waitForReply', { requestId: structured['requestId'], wait_s: 240 });
    assert.deepEqual(answerOf(answered), { choices: ['No'] });
    await window.runCommand('AgentRQ: Undo Answer');
    await window.waitForToast(/No answer to undo/);
  });
});
