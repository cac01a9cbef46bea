import type { Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import { waitForTimers } from './waitForTimers.ts';

/** What has the keyboard. */
export interface FocusInfo {
  /** `page`: what an extension shows in a tab. */
  readonly part: 'page' | 'editor' | 'sideBar' | 'panel' | 'quickInput' | 'notification' | 'statusBar' | 'activityBar' | 'other';
  /** What a screen reader calls the element: its label, or else its text. */
  readonly element: string;
}

/** Says what has the keyboard, so that a test can show that something didn't take it. Keys that are pressed next go there. */
export async function focusInfo(page: Page): Promise<FocusInfo> {
  const active = await page.evaluateHandle<PageElement | null>('document.activeElement');
  await waitForTimers(page);
  const found = await active.evaluate((element: PageElement | null): FocusInfo | undefined => {
    if (element === null) return undefined;
    const parts = [
      ['page', 'iframe'],
      ['quickInput', '.quick-input-widget'],
      ['notification', '.notifications-toasts, .notifications-center'],
      ['editor', '.part.editor'],
      ['sideBar', '.part.sidebar'],
      ['panel', '.part.panel'],
      ['statusBar', '.part.statusbar'],
      ['activityBar', '.part.activitybar'],
    ] as const;
    const part = parts.find(([, selector]) => element.closest(selector) !== null)?.[0] ?? 'other';
    return { part, element: element.getAttribute('aria-label') ?? (element.textContent ?? '').trim().slice(0, 80) };
  });
  await active.dispose();
  return found ?? { part: 'other', element: '' };
}
