import type { AnswerDraft, Request } from '../../protocol/model.ts';

/** What was written under a question: the choice that it names, whatever its case, or words of the person's own. */
export function answerOf({ choices }: Pick<Request, 'choices'>, text: string): AnswerDraft {
  const plain = (each: string): string => each.trim().toLowerCase();
  const named = choices.filter((choice) => plain(choice) === plain(text));
  return named.length === 1 ? { choices: named } : { text };
}
