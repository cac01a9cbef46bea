import type { Sentence } from '../../util/sentence.ts';
import type { L10n } from './l10n.ts';

/** A sentence of the hub, of a client or of a script in the user's language. */
export function sentenceWords({ text, values }: Sentence, l10n: L10n): string {
  // Its text stands as a plain string where it was made, and was exported there.
  const { t } = l10n;
  return t(text, ...values.map((value) => (typeof value === 'object' ? sentenceWords(value, l10n) : value)));
}
