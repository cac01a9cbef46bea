import type { CardContent, Wish } from '../../protocol/card.ts';
import type { Permission } from '../../protocol/model.ts';
import { perObject } from '../../util/perObject.ts';
import type { L10n } from '../text/l10n.ts';
import { cautions, inputParts, permissionParts } from '../text/permissionParts.ts';
import { besideInput, commandOf, type InputMember, readMembers } from '../text/permissionText.ts';
import { visibleText } from '../text/visibleText.ts';
import { changedLines, codeLines, patchLines } from './codeLines.ts';
import { readEdit } from './readEdit.ts';

/** What an agent wants to do, in the form in which it is read best. @param folder the URI of the workspace's folder */
export const permissionContent = perObject(
  (permission: Permission, folder: string | undefined, l10n: L10n): Extract<CardContent, { kind: 'permission' }> => {
    const { wish, said } = wishOf(permission, l10n);
    return {
      kind: 'permission',
      subtitle: [...new Set([permission.description ?? '', said])]
        .filter((text) => text.trim() !== '')
        .map(visibleText)
        .join('\n'),
      warnings: cautions(permission, l10n),
      facts: factsOf(permission, folder, l10n),
      wish,
      raw: wish.kind === 'input' ? inputParts(permission, l10n) : permissionParts(permission, l10n),
    };
  },
);

function factsOf(permission: Permission, folder: string | undefined, l10n: L10n): string[] {
  return besideInput(permission, folder).flatMap(({ name, value }) => {
    if (name === 'folder') return [l10n.t('In the folder: {0}', visibleText(value))];
    return name === 'subagent' ? [l10n.t('For the subagent: {0}', visibleText(value))] : [];
  });
}

/** The form, and the description that the input itself carries. */
function wishOf(permission: Permission, l10n: L10n): { wish: Wish; said: string } {
  const edit = readEdit(permission);
  if (edit !== undefined) {
    const others = edit.others.map(visibleText);
    if (edit.kind === 'patch') {
      return { wish: { kind: 'edit', file: '', changes: [patchLines(edit.patch, l10n)], others }, said: '' };
    }
    const file = visibleText(edit.file);
    if (edit.kind === 'newFile') return { wish: { kind: 'newFile', file, code: codeLines(edit.content, l10n), others }, said: '' };
    const changes = edit.changes.map(({ before, after }) => changedLines(before, after, l10n));
    return { wish: { kind: 'edit', file, changes, others }, said: '' };
  }
  const members = permission.partial === true ? undefined : readMembers(permission.input);
  const command = members === undefined ? undefined : commandOf(members);
  if (members === undefined || command === undefined) return { wish: { kind: 'input' }, said: '' };
  const said = members.find(({ name }) => name === 'description');
  const others = members.filter((member) => member !== command && member !== said).map(lineOf);
  return { wish: { kind: 'command', code: codeLines(command.value, l10n), others }, said: said?.value ?? '' };
}

function lineOf({ name, value }: InputMember): string {
  return visibleText(`${name}: ${value}`);
}
