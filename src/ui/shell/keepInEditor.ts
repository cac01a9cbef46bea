import * as vscode from 'vscode';
import type { Clock } from '../../util/clock.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { roundTrip } from './heldPrompt.ts';
import { givenWithinMs, type PageKeyboard } from './pageKeyboard.ts';

/**
 * Keeps the keyboard in the editor, where a tab was just opened. When the menu of a card, the palette or a prompt closes, the editor gives
 * the keyboard back to the page in the view, and a busy page takes it only a moment later: then the tab is there, and what is typed goes into
 * the view.
 */
export function keepInEditor({ keyboard, clock }: { keyboard: PageKeyboard; clock: Clock }): void {
  const store = new DisposableStore();
  let isInView = false;
  let fetched: Thenable<void> | undefined;

  /** The view may have lost it again by the time that this window hears of it: to the tab, or to where the user went. */
  async function fetch(): Promise<void> {
    await roundTrip();
    if (!isInView || fetched !== undefined || store.disposed) return;
    fetched = vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await fetched;
  }

  store.add(
    keyboard.listen((is, page) => {
      isInView = is === 'given' && page.place === 'view';
      if (fetched !== undefined) {
        store.dispose();
        // It was pressed before it was fetched from there.
        if (is === 'taken') void fetched.then(() => page.takeKeyboard());
      } else if (isInView) void fetch();
      else if (is !== 'gone') store.dispose();
    }),
  );
  void roundTrip().then(() => store.add(clock.after(givenWithinMs, () => store.dispose())));
}
