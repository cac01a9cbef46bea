import type { AnswerDraft, Request } from '../../protocol/model.ts';

/** The answer that a text is: the choice of that name, ignoring case, or the text. */
export function answerOfWords({ choices }: Pick<Request, 'choices'>, text: string): AnswerDraft {
  const plain = (each: string): string => each.trim().toLowerCase();
  const named = choices.filter((choice) => plain(choice) === plain(text));
  return named.length === 1 ? { choices: named } : { text };
}
