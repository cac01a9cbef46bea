import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { root } from '../../scripts/suites.ts';
import { packageExtension } from '../support/packageExtension.ts';
import { readPracticeLog } from '../support/product.ts';
import type { QuickInputContent } from '../support/workbench/quickInput.ts';
import { taskPanel } from '../support/workbench/taskPanel.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';
import { pressBeforeFirstAgent } from './needsYou.ts';
import { type NamedWords, wordsOf } from './wordsOf.ts';

const pictures = join(root, 'out', 'new-user');
const original = '{ "numStartups": 1 }\n';
const question = 'Which colour do you like best?';

const options: SuiteOptions = {
  isNotInstalled: true,
  file: 'release.md',
  async prepare({ userHome }) {
    await packageExtension();
    rmSync(pictures, { recursive: true, force: true });
    mkdirSync(pictures, { recursive: true });
    const bin = join(userHome, '.local', 'bin');
    mkdirSync(bin, { recursive: true });
    const script = join(root, 'test', 'support', 'scriptedClaude.ts');
    writeFileSync(join(bin, 'claude'), `#!/bin/sh\nexec '${process.execPath}' --no-warnings '${script}'\n`, { mode: 0o755 });
    // What Claude Code keeps of its user, by which it is found also where the PATH of VS Code is not that of a terminal.
    mkdirSync(join(userHome, '.claude'));
    writeFileSync(join(userHome, '.claude.json'), original, { mode: 0o600 });
  },
};

workbenchSuite('a new user who has the package and its page', options, ({ product, window }) => {
  let page: string;
  let quickStart: NamedWords;
  let connecting: NamedWords;
  const more = wordsOf(readFileSync(join(root, 'docs', 'connect.md'), 'utf8'), ['Connecting agents']);
  let claude: ChildProcessByStdio<Writable, Readable, null> | undefined;
  /** How long each step took, in seconds: a note for the reader of the run, which no test goes by. */
  const stopwatch: [step: string, seconds: number][] = [];
  let taken = 0;

  afterEach(function () {
    stopwatch.push([this.currentTest?.title ?? '', (this.currentTest?.duration ?? 0) / 1000]);
  });

  after(() => {
    claude?.kill();
    const lines = stopwatch.map(([step, seconds]) => `${seconds.toFixed(1).padStart(6)} s  ${step}`);
    writeFileSync(join(pictures, 'stopwatch.txt'), `${lines.join('\n')}\n`);
  });

  async function picture(name: string): Promise<void> {
    taken += 1;
    await window.screenshot(join(pictures, `${String(taken).padStart(2, '0')}-${name}.png`));
  }

  /** A person in front of a terminal in the folder of the project starts the program. */
  function startClaude(): ChildProcessByStdio<Writable, Readable, null> {
    const path = [join(product.userHome, '.local', 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':');
    const env = { HOME: product.userHome, PATH: path };
    return (claude = spawn('claude', { cwd: product.folder, env, stdio: ['pipe', 'pipe', 'inherit'] }));
  }

  it('would not pass with a page that names what is not there, or not what is', () => {
    const planted = wordsOf('# A\n\n## Quick start\n\nPress **Begin**, then *Go\non*.\n\n## More\n\n**Else**\n', ['Quick start']);
    assert.equal(planted.say('Go on'), 'Go on');
    assert.throws(() => planted.say('Else'), /“Else” is none of Begin, Go on/);
    assert.deepEqual(planted.unsaid(), ['Begin']);
  });

  it('installs the package by the command that the page names, and finds that page in it', async () => {
    const read = wordsOf(readFileSync(join(root, 'README.md'), 'utf8'), ['Quick start']);
    await window.runCommand(read.say('Extensions: Install from VSIX...'));
    await window.quickInput.giveFile(await packageExtension());
    await window.waitForToast(/Completed installing/);
    await picture('installed');
    page = readFileSync(join(product.extensionFolder(), 'readme.md'), 'utf8');
    quickStart = wordsOf(page, ['Quick start']);
    connecting = wordsOf(page, ['Connect an agent']);
    quickStart.say('Extensions: Install from VSIX...');
  });

  it('answers the practice agent', async () => {
    await window.openView(quickStart.say('AgentRQ'));
    await picture('no-agent-yet');
    await pressBeforeFirstAgent(window, quickStart.say('Start Practice Agent'));
    await window.waitForToast(/Where should I deploy it\?/);
    await picture('practice-asks');
    await window.clickToastButton(/Where should I deploy it\?/, quickStart.say('Staging'));
    await window.waitForToast(/What should the release be called\?/);
    await picture('practice-asks-again');
    await window.clickToastButton(/What should the release be called\?/, quickStart.say('Answer…'));
    await window.waitForQuickInput(/What should the release be called\?/);
    await window.typeInQuickInput('Aurora');
    await picture('practice-is-told');
    await window.acceptQuickInput();
    await window.waitForToast(/finished “Prepare the next release”/);
    await picture('practice-is-done');
    await window.clickToastButton(/finished “Prepare the next release”/, quickStart.say('Open'));
    const panel = await taskPanel(window.page, 'Prepare the next release');
    await panel.waitForText(/Deployed to Staging[^]*The release is called “Aurora”/);
    assert.equal((await window.rows(quickStart.say('Tasks')))[0]?.label, quickStart.say('Completed'));
    await picture('practice-task');
    const answers = readPracticeLog(product.practiceLog).flatMap(({ step, text }) => (step === 'answer' ? [text] : []));
    assert.deepEqual(answers, ['Staging', 'Aurora']);
    assert.deepEqual(quickStart.unsaid(), [], 'all that the quick start names was on the screen');
  });

  it('connects Claude Code', async () => {
    await window.runCommand(connecting.say(more.say('AgentRQ: Connect an Agent')));
    const { items } = await window.waitForQuickInput(/Which agent do you use\?/);
    assert.deepEqual([items[0]?.label, items[0]?.description], ['Claude Code', 'found']);
    await picture('which-agent');
    await window.pickQuickItem('Claude Code');
    const ways = await window.waitForQuickInput(/Nothing is written before you have seen it/);
    assert.deepEqual(labelsOf(ways).slice(0, 3), [more.say('Review Changes'), more.say('Through a Bridge'), more.say('Directly')]);
    await picture('how-it-reaches-the-hub');
    await window.pickQuickItem('Through a Bridge');
    const reports = await window.waitForQuickInput(/Install hooks\?/);
    assert.ok(labelsOf(reports).includes(more.say('Hooks and Waking')));
    await picture('whether-it-reports');
    await window.pickQuickItem('With Hooks');
    const review = await window.waitForQuickInput(/Nothing is written yet/);
    await picture('what-would-be-written');
    const write = review.items.find(({ label }) => label.startsWith(`${connecting.say(more.say('Write'))} `));
    assert.ok(write !== undefined, JSON.stringify(review.items));
    assert.equal(readFileSync(join(product.userHome, '.claude.json'), 'utf8'), original);
    await window.pickQuickItem(write.label);
    await window.dialog.waitFor(/Claude Code is set up for shop/);
    await picture('written');
  });

  it('answers the first question of Claude Code, and sees that the answer has arrived', async () => {
    await window.dialog.press(connecting.say('Check the Connection'));
    await waitFor('the list of the check', async () => (await window.quickInput.text()).includes('Claude Code has not connected yet'));
    await picture('check-begins');
    const { stdin, stdout } = startClaude();
    await waitFor('it to be connected', async () => (await window.quickInput.text()).includes(`→ ${connecting.say('Copy Test Prompt')}`));
    await picture('claude-is-there');
    await window.press('Enter');
    await waitFor('the text on the clipboard', async () => (await window.clipboard()).startsWith('Ask me over AgentRQ'));
    stdin.write(`${await window.clipboard()}\n`);
    await window.waitForToast(question);
    await picture('claude-asks');
    await window.clickToastButton(question, 'green');
    const [said] = (await stdout.take(1).toArray()) as [Buffer];
    assert.equal(said.toString(), 'You like green best.\n');
    await waitFor('the check to be done', async () => (await window.quickInput.text()).includes('Connection works'));
    await picture('the-whole-way');
    await window.quickInput.cancel();
  });

  it('disconnects it, and finds its file as it was', async () => {
    await window.runCommand(connecting.say(more.say('AgentRQ: Disconnect an Agent…')));
    await window.waitForQuickInput(/What AgentRQ wrote for it/);
    await window.pickQuickItem('Claude Code');
    const review = await window.waitForQuickInput(/This is what AgentRQ will remove/);
    await picture('what-would-be-taken-out');
    await window.pickQuickItem(review.items.find(({ label }) => /^Change \d Files$/.test(label))?.label ?? assert.fail());
    await window.waitForToast(/Claude Code is disconnected from shop/);
    await picture('disconnected');
    assert.equal(readFileSync(join(product.userHome, '.claude.json'), 'utf8'), original, 'byte for byte as it was');
    assert.deepEqual(connecting.unsaid(), [], 'all that the page names was on the screen');
  });
});

function labelsOf({ items }: QuickInputContent): string[] {
  return items.map(({ label }) => label);
}
