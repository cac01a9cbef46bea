import type { DialogQuestion } from '../../protocol/model.ts';
import { literalBlock, literalLine } from '../text/escapeMarkdown.ts';
import type { L10n } from '../text/l10n.ts';
import { visibleLine } from '../text/visibleText.ts';

/** The questions of a dialog, each with all that helps to answer it. Markdown in which all text is literal. */
export function renderQuestions(questions: readonly DialogQuestion[], l10n: L10n): string[] {
  return questions.flatMap(({ question, header = '', description = '', options, multiple }) => [
    ...(header === '' ? [] : [`#### ${literalLine(header)}`]),
    literalBlock(question),
    ...(description === '' ? [] : [literalBlock(description)]),
    ...(options.length === 0 ? [] : [multiple ? l10n.t('Choices, one or more of them:') : l10n.t('Choices:')]),
    ...(options.length === 0 ? [] : [literalBlock(options.map(optionLine).join('\n'))]),
    ...options.flatMap(({ label, preview = '' }) => (preview === '' ? [] : [`${literalLine(label)}:`, literalBlock(preview)])),
  ]);
}

function optionLine({ label, description = '' }: DialogQuestion['options'][number]): string {
  return description === '' ? `• ${visibleLine(label)}` : `• ${visibleLine(label)}: ${visibleLine(description)}`;
}
