import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { commandIds } from '../ids.ts';
import type { L10n } from '../l10n.ts';
import type { Prompts } from '../prompts.ts';

const shownMs = 10_000;

/** Tells in the status bar what was done, for a while: a click takes it back. */
export function createUndoOffer({ prompts, clock, l10n }: { prompts: Prompts; clock: Clock; l10n: L10n }): (words: string) => void {
  let shown: Disposable[] = [];
  return (words) => {
    for (const each of shown) each.dispose();
    const offer = prompts.offer(l10n.t('{0} Undo', words), l10n.t('Take back the last change of tasks'), commandIds.undo);
    shown = [offer, clock.after(shownMs, () => offer.dispose())];
  };
}
