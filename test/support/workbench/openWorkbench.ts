import type { Browser } from 'playwright-core';
import type { Theme } from './setTheme.ts';
import { waitForWorkbench } from './waitForWorkbench.ts';
import { Workbench } from './workbench.ts';

export interface OpenWorkbenchOptions {
  readonly theme?: Theme;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Opens a window of its own (storage, cookies) on a running host, and waits until it can be used. */
export async function openWorkbench(
  browser: Browser,
  url: string,
  { theme, viewport = { width: 1280, height: 800 } }: OpenWorkbenchOptions = {},
): Promise<Workbench> {
  const permissions = ['clipboard-read', 'clipboard-write'];
  const context = await browser.newContext({ viewport, permissions, reducedMotion: 'reduce' });
  const workbench = new Workbench(await context.newPage());
  await workbench.page.goto(url);
  await waitForWorkbench(workbench.page);
  if (theme !== undefined) await workbench.setTheme(theme);
  return workbench;
}
