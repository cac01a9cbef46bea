import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import { roundTrip } from './heldPrompt.ts';
import type { InputGuard } from './inputGuard.ts';
import { givenWithinMs, pageKeyboard } from './pageKeyboard.ts';

/** When it is fetched from pages of others, which say nothing. Milliseconds after the prompt was shown. */
const fetchedAfter = [120, 360, 1_000];

/**
 * Gives the keyboard to the prompt that was just shown, again. The palette, when it closes, gives the keyboard back to the page that had it,
 * and a page takes it only a moment later (see microsoft/vscode#75209): then the prompt is there, and what is typed goes into the page. Our
 * own pages say so, and `guard` takes nothing until the user has stopped typing, in the page as well. What others have is fetched blindly,
 * and not for a prompt that decides: nobody knows whether the user is typing into a page of theirs. Once the user has pressed into a page,
 * the keyboard stays there.
 */
export function keepKeyboard(guard: InputGuard): Disposable {
  const store = new DisposableStore();
  let until = Number.POSITIVE_INFINITY;
  /** The last fetch; none once a page has said that it has lost the keyboard. */
  let fetched: Thenable<void> | undefined;
  void roundTrip().then(() => (until = performance.now() + givenWithinMs));

  function fetch(): Thenable<void> {
    fetched = vscode.commands.executeCommand('workbench.action.focusQuickOpen');
    return fetched;
  }

  const timers = guard.decides ? [] : fetchedAfter.map((ms) => setTimeout(() => void fetch(), ms));
  const fetchNoMore = (): void => timers.forEach((timer) => clearTimeout(timer));
  store.add({ dispose: fetchNoMore });
  store.add(
    pageKeyboard.listen((is, page) => {
      if (is === 'gone') {
        fetched = undefined;
        guard.isBack();
      } else if (performance.now() > until) return;
      else if (is === 'taken') {
        until = 0;
        fetchNoMore();
        // It was pressed before it was fetched from there.
        void fetched?.then(() => page.takeKeyboard());
      } else {
        guard.isAway();
        void fetch().then(() => guard.isBack());
      }
    }),
  );
  return store;
}
