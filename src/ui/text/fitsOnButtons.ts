import type { Request } from '../../protocol/model.ts';
import { plainLine } from './plainMarkdown.ts';
import { visibleLine } from './visibleText.ts';

const maxChoiceButtons = 3;
/** How many characters the labels of choices may have together: more, and the editor cuts them. */
const maxChoiceLength = 36;

/**
 * Whether a question is decided by buttons below a text of at most `length` characters: it is shown whole, and so are its choices, which
 * look different from each other. What an own dialog says of its options would not be shown.
 */
export function fitsOnButtons(request: Request, length: number): boolean {
  const { choices, question, dialog } = request;
  if (request.multiple || choices.length === 0 || choices.length > maxChoiceButtons) return false;
  if (plainLine(question).length > length || /\n.*\n/s.test(question.trim())) return false;
  if (dialog?.kind === 'questions' && dialog.questions.some((each) => each.description !== undefined || each.options.some(isExplained)))
    return false;
  if (choices.join('').length > maxChoiceLength) return false;
  if (new Set(choices).size < choices.length) return false;
  return choices.every((choice) => choice !== '' && visibleLine(choice) === choice);
}

function isExplained({ description, preview }: { description?: string | undefined; preview?: string | undefined }): boolean {
  return description !== undefined || preview !== undefined;
}
