// Sentences for the user that are made where no language is known: in the hub, in a script, in a client. They are put into the user's
// language where they are shown. The exporter of strings finds them by the name of the function.

/** A sentence in English, with `{0}`, `{1}`, … for its values. Plain data, so it can be sent to another thread. */
export interface Sentence {
  readonly text: string;
  readonly values: readonly SentenceValue[];
}

/** A value may be a sentence, or a part of one, that is translated as well. */
export type SentenceValue = string | number | Sentence;

/** @param text the whole sentence as a plain string */
export function translatable(text: string, ...values: readonly SentenceValue[]): Sentence {
  return { text, values };
}

/** What somebody else wrote, or is put together: it stays as it is in every language. */
export function asItIs(text: string): Sentence {
  return { text: '{0}', values: [text] };
}

/** The sentence as it is in English. */
export function inEnglish({ text, values }: Sentence): string {
  return text.replace(/\{(\d+)\}/g, (place, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? place : typeof value === 'object' ? inEnglish(value) : String(value);
  });
}
