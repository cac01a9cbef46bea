import type { BrowserContext } from 'playwright-core';
import type { ChangeSettings, Theme } from './setTheme.ts';
import { startLimitMs, waitForWorkbench } from './waitForWorkbench.ts';
import { Workbench } from './workbench.ts';

export interface OpenWorkbenchOptions {
  readonly theme?: Theme;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The editor's language, as extensions see it. Its own words stay English. */
  readonly language?: string;
}

/** Opens a window on a running host, and waits until it can be used. It shares storage and cookies with those of the same profile. */
export async function openWorkbench(
  profile: BrowserContext,
  { address, changeSettings }: { address: string; changeSettings: ChangeSettings },
  { theme, viewport = { width: 1280, height: 800 }, language }: OpenWorkbenchOptions = {},
): Promise<Workbench> {
  const page = await profile.newPage();
  await page.setViewportSize(viewport);
  if (language !== undefined) await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)}`);
  const workbench = new Workbench(page, changeSettings);
  await page.goto(address, { timeout: startLimitMs });
  await waitForWorkbench(page);
  if (theme !== undefined) await workbench.setTheme(theme);
  return workbench;
}
