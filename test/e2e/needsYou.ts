import type { Workbench } from '../support/workbench/workbench.ts';

/** Presses a button of *Needs You* while no agent is connected yet. */
export async function pressBeforeFirstAgent(window: Workbench, button: string): Promise<void> {
  const view = window.view('Needs You');
  await view.waitForWelcome(/No agent is connected yet/);
  await view.clickWelcomeButton(button);
}
