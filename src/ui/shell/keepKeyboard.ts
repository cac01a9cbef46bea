import * as vscode from 'vscode';
import { type Disposable, toDisposable } from '../../util/lifecycle.ts';

/** After a prompt was shown; the last one is for a busy machine. Milliseconds. */
const fetchedAfter = [120, 360, 1_000];

/**
 * Gives the keyboard to the prompt that was just shown, again. The palette, when it closes, gives the keyboard back to the page that had it,
 * and a page takes it only a moment later (see microsoft/vscode#75209): then the prompt is there, and what is typed goes into the page.
 * Not for a prompt that decides: an Enter that is the first key it hears would be taken for a choice.
 */
export function keepKeyboard(): Disposable {
  const fetch = (): void => void vscode.commands.executeCommand('workbench.action.focusQuickOpen');
  const timers = fetchedAfter.map((ms) => setTimeout(fetch, ms));
  return toDisposable(() => {
    for (const timer of timers) clearTimeout(timer);
  });
}
