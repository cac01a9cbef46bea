import type { Sentence } from '../../util/sentence.ts';

/**
 * The part of `vscode.l10n` that is used. Parameters of this type are named `l10n`, because the exporter of strings searches for that name.
 */
export interface L10n {
  /** The translated message with `{0}`, `{1}`, … replaced. */
  t(message: string, ...args: (string | number | boolean)[]): string;
}

/** Translates a sentence of the hub, the client or a script. */
export function translate({ text, values }: Sentence, l10n: L10n): string {
  // The text is a plain string where it was created, and was exported there.
  const { t } = l10n;
  return t(text, ...values.map((value) => (typeof value === 'object' ? translate(value, l10n) : value)));
}
