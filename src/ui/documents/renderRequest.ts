import type { DialogQuestion, Permission } from '../../protocol/model.ts';
import { escapeBlock, escapeLine } from '../text/escapeMarkdown.ts';
import type { L10n } from '../text/l10n.ts';
import { permissionParts } from '../text/permissionParts.ts';
import { visibleLine } from '../text/visibleText.ts';

/** The questions of a dialog as Markdown, with descriptions and options. All text in it is literal. */
export function renderQuestions(questions: readonly DialogQuestion[], l10n: L10n): string[] {
  return questions.flatMap(({ question, header = '', description = '', options, multiple }) => [
    ...(header === '' ? [] : [`#### ${escapeLine(header)}`]),
    escapeBlock(question),
    ...(description === '' ? [] : [escapeBlock(description)]),
    ...(options.length === 0 ? [] : [multiple ? l10n.t('Choose one or more:') : l10n.t('Choices:')]),
    ...(options.length === 0 ? [] : [escapeBlock(options.map(optionLine).join('\n'))]),
    ...options.flatMap(({ label, preview = '' }) => (preview === '' ? [] : [`${escapeLine(label)}:`, escapeBlock(preview)])),
  ]);
}

function optionLine({ label, description = '' }: DialogQuestion['options'][number]): string {
  return description === '' ? `• ${visibleLine(label)}` : `• ${visibleLine(label)}: ${visibleLine(description)}`;
}

/** A permission request as Markdown, complete. */
export function renderPermission(permission: Permission, l10n: L10n): string[] {
  return permissionParts(permission, l10n).flatMap((part) =>
    // An indented code block, in which Markdown has no meaning.
    part.kind === 'sentence' ? [part.text] : [escapeLine(part.title), part.text.replace(/^(?=.)/gm, '    ')],
  );
}
