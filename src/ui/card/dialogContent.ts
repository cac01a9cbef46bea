import type { CardContent } from '../../protocol/card.ts';
import type { DialogQuestion } from '../../protocol/model.ts';
import { visibleLine, visibleText } from '../text/visibleText.ts';

/** The questions of a dialog of the agent's own. */
export function setContent(questions: readonly DialogQuestion[]): Extract<CardContent, { kind: 'set' }> {
  return {
    kind: 'set',
    questions: questions.map((each) => ({
      header: visibleLine(each.header ?? ''),
      text: [each.question, each.description ?? '']
        .filter((part) => part !== '')
        .map(visibleText)
        .join('\n'),
      choices: each.options.map(({ label, description = '', preview = '' }) => ({
        value: label,
        label: visibleLine(label),
        about: visibleText(description),
        preview: visibleText(preview),
      })),
      multiple: each.multiple,
    })),
  };
}
