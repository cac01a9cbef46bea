import type { Browser } from 'playwright-core';
import type { Theme } from './setTheme.ts';
import { waitForWorkbench } from './waitForWorkbench.ts';
import { defaultLimitMs } from './waitUntil.ts';
import { Workbench } from './workbench.ts';

export interface OpenWorkbenchOptions {
  readonly theme?: Theme;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The editor's language, as extensions see it. Its own words stay English. */
  readonly language?: string;
}

/** Opens a window of its own (storage, cookies) on a running host, and waits until it can be used. */
export async function openWorkbench(
  browser: Browser,
  url: string,
  { theme, viewport = { width: 1280, height: 800 }, language }: OpenWorkbenchOptions = {},
): Promise<Workbench> {
  const permissions = ['clipboard-read', 'clipboard-write'];
  const context = await browser.newContext({ viewport, permissions, reducedMotion: 'reduce' });
  context.setDefaultTimeout(defaultLimitMs);
  if (language !== undefined) await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)}`);
  const workbench = new Workbench(await context.newPage());
  await workbench.page.goto(url);
  await waitForWorkbench(workbench.page);
  if (theme !== undefined) await workbench.setTheme(theme);
  return workbench;
}
