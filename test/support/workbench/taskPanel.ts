import type { Frame, Page } from 'playwright-core';
import type { Pattern } from './pattern.ts';
import { matches } from './pattern.ts';
import { waitUntil } from './waitUntil.ts';

/** The page inside of a task's panel. */
export interface TaskPanel {
  readonly frame: Frame;
  /** All of its text that is drawn. */
  text(): Promise<string>;
  waitForText(pattern: Pattern): Promise<string>;
  waitForNoText(pattern: Pattern): Promise<void>;
  /** Presses a button of a card until it goes: one that has only just come takes no press, so it is pressed again, as a user does. */
  decide(name: string): Promise<void>;
}

/** Waits until the panel of the task with this title is in front. */
export async function taskPanel(page: Page, title: string): Promise<TaskPanel> {
  let frame: Frame | undefined;
  await waitUntil({
    what: `the panel of ${title}`,
    async look() {
      const seen: string[] = [];
      for (const each of page.frames()) {
        const headings = await headingsOf(each);
        if (headings.includes(title)) frame = each;
        seen.push(...headings);
      }
      return seen;
    },
    find: () => frame,
  });
  if (frame === undefined) throw new Error('the panel was there');
  return panelIn(frame);
}

function panelIn(frame: Frame): TaskPanel {
  const text = (): Promise<string> => frame.locator('body').innerText();
  return {
    frame,
    text,
    waitForText: (pattern) =>
      waitUntil({ what: `${pattern} in the panel`, look: text, find: (now) => (matches(pattern, now) ? now : undefined) }),
    async waitForNoText(pattern) {
      await waitUntil({ what: `no ${pattern} in the panel`, look: text, find: (now) => (matches(pattern, now) ? undefined : true) });
    },
    async decide(name) {
      const button = frame.getByRole('button', { name, exact: true });
      await button.first().waitFor();
      await waitUntil({
        what: `the press on ${name} to be taken`,
        async look() {
          if ((await button.count()) > 0)
            await button
              .first()
              .click({ timeout: 1_000 })
              .catch(() => undefined);
          return button.count();
        },
        find: (count) => (count === 0 ? true : undefined),
      });
    },
  };
}

async function headingsOf(frame: Frame): Promise<string[]> {
  // One that is going away has none.
  return frame
    .locator('header h1')
    .allInnerTexts()
    .catch(() => []);
}
