import type { PermissionPart } from '../../protocol/card.ts';
import type { Permission } from '../../protocol/model.ts';
import type { L10n } from './l10n.ts';
import { numberedLines } from './numberedLines.ts';
import { readMembers, subagentName } from './permissionText.ts';
import { visibleLine, visibleText } from './visibleText.ts';

/** The complete permission request in parts: nothing is cut or hidden, and sizes are stated. */
export function permissionParts(permission: Permission, l10n: L10n): PermissionPart[] {
  const { description, cwd, subagent } = permission;
  return [
    ...cautions(permission, l10n).map(sentence),
    ...(description === undefined ? [] : [quote(l10n.t('In the words of the agent:'), description)]),
    ...(cwd === undefined ? [] : [quote(l10n.t('In the folder:'), cwd)]),
    ...(subagent === undefined ? [] : [quote(l10n.t('For the subagent:'), subagentName(subagent))]),
    ...inputParts(permission, l10n),
  ];
}

/** What the user has to know before they decide: that there is more, and for how many uses it is. */
export function cautions({ partial, uses = 1 }: Permission, l10n: L10n): string[] {
  return [
    ...(partial === true ? [l10n.t('The agent sent only a preview; what it will run may be longer.')] : []),
    ...(uses > 1 ? [l10n.t('It wants this {0} times at once, and your verdict is for all of them.', uses)] : []),
  ];
}

/** The whole input in parts, one for each of its members. */
export function inputParts({ input }: Permission, l10n: L10n): PermissionPart[] {
  const members = readMembers(input);
  if (members?.length === 0) return [sentence(l10n.t('The input is empty.'))];
  if (members === undefined) return [block(l10n.t('Input'), input, l10n)];
  return members.map(({ name, value }) => block(l10n.t('“{0}”', visibleLine(name)), value, l10n));
}

function sentence(text: string): PermissionPart {
  return { kind: 'sentence', text };
}

function quote(title: string, text: string): PermissionPart {
  return { kind: 'block', title, text: visibleText(text) };
}

/** A text with its size, so that it is clear whether all of it is visible. */
function block(name: string, text: string, l10n: L10n): PermissionPart {
  const lines = text.split('\n').length;
  const foreign = text.match(/[^\0-\x7F]/gu)?.length ?? 0;
  return {
    kind: 'block',
    title:
      foreign === 0
        ? l10n.t('{0} (lines: {1}, characters: {2}):', name, lines, text.length)
        : l10n.t('{0} (lines: {1}, characters: {2}, of these beyond ASCII: {3}):', name, lines, text.length, foreign),
    text: numberedLines(text, (characters) => l10n.t('only blanks ({0} characters)', characters)),
  };
}
