import { join } from 'node:path';
import type { Theme } from '../../test/support/workbench/setTheme.ts';
import type { Workbench } from '../../test/support/workbench/workbench.ts';

const themes: readonly Theme[] = ['dark', 'light', 'hcDark', 'hcLight'];

/** Takes pictures of a window into a folder: `board-dark.png`. */
export interface Camera {
  /** What the window shows, in each theme. `again`: what has to be opened and closed for each of them. */
  inEveryTheme(name: string, again?: { open(): Promise<void>; close(): Promise<void> }): Promise<void>;
}

export function createCamera(window: Workbench, folder: string): Camera {
  return {
    async inEveryTheme(name, again) {
      for (const theme of themes) {
        await window.setTheme(theme);
        await again?.open();
        await window.screenshot(join(folder, `${name}-${theme}.png`));
        await again?.close();
      }
    },
  };
}
