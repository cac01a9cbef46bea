/**
 * Words that make a reader look for the subject, or that the vocabulary has replaced. What may stand instead: the one who acts; the user;
 * to request.
 */
const hard =
  /\b(?:who(?:m)?ever|(?:ask(?:s|ed|ing)?|needs?|without|for|no|(?:give|want)s?)(?:\s|\*)+leave|leave(?:\s|\*)+was|the(?:\s|\*)+person)\b/gi;

/** The hard words in a text, each with its line. */
export function hardWords(text: string): string[] {
  return [...text.matchAll(hard)].map(
    ({ 0: found, index }) => `${text.slice(0, index).split('\n').length}: ${found.replaceAll(/(?:\s|\*)+/g, ' ')}`,
  );
}
