import assert from 'node:assert/strict';
import { connectAgent } from '../support/testAgent.ts';
import { clickOn } from '../support/workbench/clickOn.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { copyAddress } from './copyAddress.ts';
import { workbenchSuite } from './fixture.ts';

type Step = 'connect' | 'practice' | 'answer' | 'tasks';

workbenchSuite('the first minute, in the workbench', {}, ({ window }) => {
  const step = (id: Step) => window.page.locator(`.gettingStartedContainer .getting-started-step[data-step-id$="#${id}"]`);

  async function waitForDone(wanted: readonly Step[]): Promise<void> {
    const all: readonly Step[] = ['connect', 'practice', 'answer', 'tasks'];
    let done: Step[] = [];
    await waitFor(`exactly these steps to be done: ${wanted.join(', ')}`, async () => {
      const checked = await Promise.all(all.map((id) => step(id).locator('.codicon.complete').count()));
      done = all.filter((_, index) => (checked[index] ?? 0) > 0);
      return JSON.stringify(done) === JSON.stringify(wanted);
    }).catch((error: unknown) => {
      throw new Error(`done is ${done.join(', ')}`, { cause: error });
    });
  }

  /** Presses a button of a step, which is unfolded for that. */
  async function press(id: Step, button: string): Promise<void> {
    await clickOn(step(id), `the step ${id}`);
    await clickOn(step(id).locator('.monaco-button', { hasText: button }), `${button} in the step ${id}`);
  }

  it('begins with views that say what to do next', async () => {
    await window.view('Needs You').waitForWelcome(/No agent is connected yet/);
    await window.view('Tasks').waitForWelcome(/Agents put theirs here, and you can give them one/);
    await window.view('Agents').waitForWelcome(/can reach you here/);
    assert.deepEqual((await window.view('Needs You').content()).welcomeButtons, ['Connect an Agent', 'Start Practice Agent']);
    assert.deepEqual((await window.view('Tasks').content())?.welcomeButtons, ['New Task for an Agent']);
    assert.deepEqual((await window.view('Agents').content())?.welcomeButtons, [], 'what is a button above is only a link here');
  });

  it('has a walkthrough of four steps, none of them done', async () => {
    await window.inbox.clickWelcomeButton('Take the Tour');
    await step('connect').waitFor();
    assert.equal(await window.page.locator('.gettingStartedContainer .getting-started-step').count(), 4);
    await waitForDone([]);
  });

  it('shows the picture of a step, drawn in the colours of the theme', async () => {
    // A narrow tab has no room for it.
    await window.runCommand('View: Toggle Primary Side Bar Visibility');
    const isDrawn = `[...document.querySelectorAll('svg rect')].some((each) => getComputedStyle(each).fill.startsWith('rgb'))`;
    await waitFor('the picture to be drawn', async () => {
      const drawn = await Promise.all(
        window.page
          .frames()
          .slice(1)
          .map((frame) => frame.evaluate<boolean>(isDrawn).catch(() => false)),
      );
      return drawn.includes(true);
    });
    await window.runCommand('View: Toggle Primary Side Bar Visibility');
  });

  it('checks what the user has done with the practice agent, and nothing else', async () => {
    await press('practice', 'Start Practice Agent');
    await window.waitForToast(/Where should I deploy it\?/);
    await waitForDone(['practice']);
    await window.clickToastButton(/Where should I deploy it\?/, 'Staging');
    await waitForDone(['practice', 'answer']);
    await press('tasks', 'Open Task');
    await window.waitForQuickInput();
    await window.quickInput.cancel();
    await waitForDone(['practice', 'answer', 'tasks']);
  });

  it('is done once an agent of the user has come', async () => {
    const agent = await connectAgent('modern', await copyAddress(window), 'claude-code');
    await waitForDone(['connect', 'practice', 'answer', 'tasks']);
    await agent.close();
  });
});
