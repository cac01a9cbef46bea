import type { FromAnyPage } from '../../protocol/fromAnyPage.ts';
import { type Disposable, toDisposable } from '../../util/lifecycle.ts';

/** A page that may have the keyboard. */
export interface KeyboardPage {
  /** Where it stands: in a view, or in a tab of the editor. */
  readonly place: 'view' | 'tab';
  /** Makes it take the keyboard, which was fetched from it although the user had pressed into it just before. */
  takeKeyboard(): void;
}

type Heard = (is: FromAnyPage['is'], page: KeyboardPage) => void;

/** How long after something was shown the editor may give the keyboard to a page; later it is the user who goes there. Milliseconds. */
export const givenWithinMs = 2_000;

/** Passes on what pages say of the keyboard to what was just opened: a prompt, or a tab. */
export interface PageKeyboard {
  /** A page has got the keyboard, was pressed into, or has lost it. */
  tell(is: FromAnyPage['is'], page: KeyboardPage): void;
  listen(heard: Heard): Disposable;
}

const listeners = new Set<Heard>();

/** That of this window. Bundles that are loaded late are handed it, for each of them would have one of its own. */
export const pageKeyboard: PageKeyboard = {
  tell(is, page) {
    for (const heard of listeners) heard(is, page);
  },
  listen(heard) {
    listeners.add(heard);
    return toDisposable(() => listeners.delete(heard));
  },
};
