import type { Request } from '../../protocol/model.ts';
import type { Card } from '../../protocol/toPanelPage.ts';
import { visibleLine, visibleText } from '../text/visibleText.ts';

/** The parts of a card that come from an agent's own dialog. */
export function dialogCard({ dialog, question }: Request): Pick<Card, 'questions' | 'plan'> {
  if (dialog?.kind === 'plan') return { questions: [], plan: question };
  return {
    questions: (dialog?.questions ?? []).map((each) => ({
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
