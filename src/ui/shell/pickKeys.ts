import type * as vscode from 'vscode';
import type { Disposable } from '../../util/lifecycle.ts';
import { roundTrip } from './heldPrompt.ts';

/** How long a key stands alone before it picks: two within this time are typing. Milliseconds. */
const aloneMs = 300;

/** Keys that pick while nothing else is typed. */
export interface PickKeys extends Disposable {
  /** The value has changed. `isTooSoon`: a key would not have been meant for this prompt before. */
  typed(value: string, isTooSoon: boolean): void;
}

/** Calls `pressed` with a character that was typed alone: nothing else stands there, and nothing was typed just before or after it. */
export function createPickKeys(pick: vscode.QuickPick<vscode.QuickPickItem>, pressed: (key: string) => void): PickKeys {
  let due: NodeJS.Timeout | undefined;
  let last = { value: pick.value, at: -Infinity };
  let turn = 0;

  async function press(key: string, own: number): Promise<void> {
    // Keys that the editor has not reported yet count as well.
    await roundTrip();
    if (own === turn) pressed(key);
  }

  return {
    typed(value, isTooSoon) {
      turn += 1;
      clearTimeout(due);
      const own = turn;
      const now = performance.now();
      const isAlone = last.value === '' && value.length === 1 && now - last.at >= aloneMs;
      last = { value, at: now };
      if (isAlone && !isTooSoon) due = setTimeout(() => void press(value, own), aloneMs);
    },
    dispose() {
      turn += 1;
      clearTimeout(due);
    },
  };
}

/** Makes the arrows pass over what is no item of `picked`, which stands below them. */
export function skipLines<I extends vscode.QuickPickItem>(pick: vscode.QuickPick<I>, picked: readonly I[]): Disposable {
  let before: I | undefined;
  return pick.onDidChangeActive(([active]) => {
    if (active === undefined || picked.includes(active)) {
      before = active;
      return;
    }
    // What is typed has hidden items, so it is not known which is next.
    const next = before === picked.at(-1) ? picked[0] : picked.at(-1);
    if (pick.value === '' && next !== undefined) pick.activeItems = [next];
  });
}
