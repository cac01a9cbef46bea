import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Product, readPracticeLog } from '../test/support/product.ts';
import { waitFor } from '../test/support/waitFor.ts';
import { taskPanel } from '../test/support/workbench/taskPanel.ts';
import type { Workbench } from '../test/support/workbench/workbench.ts';

const screenshots = join(import.meta.dirname, '..', 'out', 'demo');

/**
 * Plays the user in the demo, through the real UI: starts the practice agent, clicks a choice on a toast, types an answer.
 * Prints what happened and when. @returns whether the agent got exactly what was clicked and typed
 */
export async function playDemo(product: Product, window: Workbench): Promise<boolean> {
  mkdirSync(screenshots, { recursive: true });
  const started = performance.now();
  const say = (line: string): void => console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  try {
    await window.openFile('release.md');
    await window.openView('AgentRQ');
    await window.view('Needs You').waitForWelcome(/No agent is connected yet/);
    await window.screenshot(join(screenshots, '1-no-agent-yet.png'));

    await window.view('Needs You').clickWelcomeButton('Start Practice Agent');
    say('the user: Start Practice Agent');
    await window.waitForToast(/Where should I deploy it\?/);
    say('toast: “Where should I deploy it?”');
    await window.waitForRow('Tasks', /Prepare the next release/);
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await window.screenshot(join(screenshots, '2-a-question.png'));
    await window.clickToastButton(/Where should I deploy it\?/, 'Staging');
    say('the user clicks: Staging');

    await window.waitForToast(/What should the release be called\?/);
    say('toast: “What should the release be called?”');
    await window.clickToastButton(/What should the release be called\?/, 'Answer…');
    await window.waitForQuickInput(/What should the release be called\?/);
    await window.typeInQuickInput('Aurora');
    await window.screenshot(join(screenshots, '3-an-answer.png'));
    await window.acceptQuickInput();
    say('the user types: Aurora');

    // What it wrote before stands in the same toast, unless it took its time in between.
    const { message } = await window.waitForToast(/finished “Prepare the next release”/);
    say(`toast: ${message}`);
    await waitFor('the practice agent to end', () =>
      readPracticeLog(product.practiceLog).some(({ step }) => step === 'completed' || step === 'failed'),
    );
    await window.activityBar.waitForBadge('AgentRQ', undefined);
    await window.waitForRow('Tasks', /Completed/);
    await window.screenshot(join(screenshots, '4-all-clear.png'));
    await window.runCommand('AgentRQ: Open Task');
    await window.waitForQuickInput();
    await window.acceptQuickInput();
    const panel = await taskPanel(window.page, 'Prepare the next release');
    await panel.waitForText(/The release is called “Aurora”/);
    await window.dismissToasts();
    await window.screenshot(join(screenshots, '5-the-task.png'));
    return report(readPracticeLog(product.practiceLog));
  } catch (error) {
    // What can be seen is worth more than the message.
    await window.screenshot(join(screenshots, 'failed.png'));
    report(readPracticeLog(product.practiceLog));
    throw error;
  }
}

function report(steps: { at: string; step: string; text: string }[]): boolean {
  console.log('\nWhat the agent did:');
  for (const { at, step, text } of steps) console.log(`  ${at}  ${step.padEnd(9)}  ${text}`);
  const answers = steps.filter(({ step }) => step === 'answer').map(({ text }) => text);
  const right = JSON.stringify(answers) === JSON.stringify(['Staging', 'Aurora']) && steps.at(-1)?.step === 'completed';
  console.log(right ? '\nThe agent has exactly the answers that were given.' : `\nThe agent has other answers: ${JSON.stringify(answers)}`);
  console.log(`Screenshots: ${screenshots}`);
  return right;
}
