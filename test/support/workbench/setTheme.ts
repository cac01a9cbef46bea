import type { Page } from 'playwright-core';
import { chosenServer } from '../../host/servers.ts';
import { waitUntil } from './waitUntil.ts';

/** The four kinds of theme that an extension has to look right in. */
export type Theme = 'light' | 'dark' | 'hcDark' | 'hcLight';

/** Which built-in theme stands for a kind, as settings call it, and the classes that VS Code gives windows and pages then. */
const themes: Record<Theme, { id: string; className: string; pageKind: string }> = {
  light: { id: chosenServer().themes.light, className: 'vs', pageKind: 'vscode-light' },
  dark: { id: chosenServer().themes.dark, className: 'vs-dark', pageKind: 'vscode-dark' },
  hcDark: { id: 'Default High Contrast', className: 'hc-black', pageKind: 'vscode-high-contrast' },
  hcLight: { id: 'Default High Contrast Light', className: 'hc-light', pageKind: 'vscode-high-contrast-light' },
};

/** Takes what a user writes into their settings. */
export type ChangeSettings = (changes: Record<string, unknown>) => Promise<void>;

// It runs in a page, whose types the project doesn't load.
const kindOfPage = 'document.body?.dataset.vscodeThemeKind';

/**
 * Changes the color theme, and waits until the window and the pages in it are drawn in it. It does so by the settings: the editor's own
 * list of themes draws the window in each that is passed.
 */
export async function setTheme(page: Page, changeSettings: ChangeSettings, theme: Theme): Promise<void> {
  const { id, className, pageKind } = themes[theme];
  await changeSettings({ 'workbench.colorTheme': id });
  await waitUntil({
    what: `the window to be drawn in ${id}`,
    look: async () => ((await page.locator('.monaco-workbench').first().getAttribute('class')) ?? '').split(' '),
    find: (classes) => (classes.includes(className) ? true : undefined),
  });
  await waitUntil({
    what: `the pages to be drawn in ${id}`,
    // A frame that is going away has none.
    look: () => Promise.all(page.frames().map((frame) => frame.evaluate<string | undefined>(kindOfPage).catch(() => undefined))),
    find: (kinds) => (kinds.every((kind) => kind === undefined || kind === pageKind) ? true : undefined),
  });
}
