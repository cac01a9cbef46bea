import type { Page } from 'playwright-core';
import { chosenServer } from '../../host/servers.ts';
import { QuickInput } from './quickInput.ts';
import { runCommand } from './runCommand.ts';
import { waitUntil } from './waitUntil.ts';

/** The four kinds of theme that an extension has to look right in. */
export type Theme = 'light' | 'dark' | 'hcDark' | 'hcLight';

/** Which built-in theme stands for a kind, and the class that VS Code gives the window then. */
const themes: Record<Theme, { label: string; className: string }> = {
  light: { label: chosenServer().themes.light, className: 'vs' },
  dark: { label: chosenServer().themes.dark, className: 'vs-dark' },
  hcDark: { label: 'Dark High Contrast', className: 'hc-black' },
  hcLight: { label: 'Light High Contrast', className: 'hc-light' },
};

/** Changes the color theme as a person does, and waits until the window is drawn in it. */
export async function setTheme(page: Page, theme: Theme): Promise<void> {
  const { label, className } = themes[theme];
  await runCommand(page, 'Preferences: Color Theme');
  const input = new QuickInput(page);
  await input.waitFor(/Color Theme/);
  await input.lookFor(label);
  await input.waitForFocused(label);
  await input.accept();
  await waitUntil({
    what: `the window to be drawn in ${label}`,
    look: async () => ((await page.locator('.monaco-workbench').first().getAttribute('class')) ?? '').split(' '),
    find: (classes) => (classes.includes(className) ? true : undefined),
  });
}
