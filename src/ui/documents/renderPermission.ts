import type { Permission } from '../../protocol/model.ts';
import { literalLine } from '../text/escapeMarkdown.ts';
import type { L10n } from '../text/l10n.ts';
import { permissionParts } from '../text/permissionParts.ts';

/** All of what an agent wants to do, as parts of a Markdown page. */
export function renderPermission(permission: Permission, l10n: L10n): string[] {
  return permissionParts(permission, l10n).flatMap((part) =>
    // Text is a block of code to Markdown, in which nothing means anything.
    part.kind === 'sentence' ? [part.text] : [literalLine(part.title), part.text.replace(/^(?=.)/gm, '    ')],
  );
}
