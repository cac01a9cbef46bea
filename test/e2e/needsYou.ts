import type { Workbench } from '../support/workbench/workbench.ts';

/** Presses a button of *Needs You* while no agent has come yet. */
export async function pressBeforeFirstAgent(window: Workbench, button: string): Promise<void> {
  const view = window.view('Needs You');
  await view.waitForWelcome(/no agent has come yet/);
  await view.clickWelcomeButton(button);
}
