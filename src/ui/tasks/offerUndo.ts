import type { Clock } from '../../util/clock.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import { commandIds } from '../ids.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

const shownMs = 10_000;

/** Shows in the status bar what was done, for a while or until disposed; a click undoes it. */
export function createUndoOffer({ prompts, clock, l10n }: { prompts: Prompts; clock: Clock; l10n: L10n }): (words: string) => Disposable {
  let shown = new DisposableStore();
  return (words) => {
    shown.dispose();
    shown = new DisposableStore();
    const offer = shown.add(prompts.offer(l10n.t('{0} Undo', words), l10n.t('Undo the last change'), commandIds.undo));
    shown.add(clock.after(shownMs, () => offer.dispose()));
    return shown;
  };
}
