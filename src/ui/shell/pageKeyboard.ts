import type { FromAnyPage } from '../../protocol/fromAnyPage.ts';
import { type Disposable, toDisposable } from '../../util/lifecycle.ts';

type Heard = (is: FromAnyPage['is']) => void;

/** Passes on what pages say of the keyboard to the prompt that is open. */
export interface PageKeyboard {
  /** A page has got the keyboard, or has lost it. */
  tell(is: FromAnyPage['is']): void;
  listen(heard: Heard): Disposable;
}

const listeners = new Set<Heard>();

/** That of this window. Bundles that are loaded late are handed it, for each of them would have one of its own. */
export const pageKeyboard: PageKeyboard = {
  tell(is) {
    for (const heard of listeners) heard(is);
  },
  listen(heard) {
    listeners.add(heard);
    return toDisposable(() => listeners.delete(heard));
  },
};
