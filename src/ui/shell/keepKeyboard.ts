import * as vscode from 'vscode';
import { type Disposable, toDisposable } from '../../util/lifecycle.ts';

/** While a prompt that decides takes nothing yet. Milliseconds after it was shown. */
const early = [120, 360];
/** What decides nothing may get the keyboard later, too: on a busy machine. */
const later = [...early, 1_000];

/**
 * Gives the keyboard to the prompt that was just shown, again. The palette, when it closes, gives the keyboard back to the page that had it,
 * and a page takes it only a moment later (see microsoft/vscode#75209): then the prompt is there, and what is typed goes into the page.
 */
export function keepKeyboard(decides: boolean): Disposable {
  const timers = (decides ? early : later).map((ms) =>
    setTimeout(() => void vscode.commands.executeCommand('workbench.action.focusQuickOpen'), ms),
  );
  return toDisposable(() => timers.forEach((timer) => clearTimeout(timer)));
}
