import type { Permission } from '../protocol/model.ts';
import type { L10n } from './l10n.ts';
import { literalBlock, literalLine } from './literalMarkdown.ts';
import { numberedLines } from './numberedLines.ts';
import { readMembers } from './permissionText.ts';

/** All of what an agent wants to do, as parts of a Markdown page: nothing is cut, nothing is hidden, and its size is stated. */
export function renderPermission({ input, description, cwd, partial }: Permission, l10n: L10n): string[] {
  const members = readMembers(input);
  const blocks =
    members === undefined
      ? [size(l10n.t('Input'), input, l10n), whole(input, l10n)]
      : members.flatMap(({ name, value }) => [size(l10n.t('“{0}”', name), value, l10n), whole(value, l10n)]);
  return [
    ...(partial === true ? [l10n.t('The agent sent only a preview; what it will run may be longer.')] : []),
    ...(description === undefined ? [] : [l10n.t('In the words of the agent:'), literalBlock(description)]),
    ...(cwd === undefined ? [] : [l10n.t('In the folder:'), literalBlock(cwd)]),
    ...(members?.length === 0 ? [l10n.t('The input is empty.')] : blocks),
  ];
}

/** What a text is, and how large: so that one sees whether one has seen it all. */
function size(name: string, text: string, l10n: L10n): string {
  const lines = text.split('\n').length;
  const foreign = text.match(/[^\0-\x7F]/gu)?.length ?? 0;
  return literalLine(
    foreign === 0
      ? l10n.t('{0} (lines: {1}, characters: {2}):', name, lines, text.length)
      : l10n.t('{0} (lines: {1}, characters: {2}, of these beyond ASCII: {3}):', name, lines, text.length, foreign),
  );
}

/** As a block of code to Markdown. */
function whole(text: string, l10n: L10n): string {
  return numberedLines(text, (characters) => l10n.t('nothing but blanks, characters: {0}', characters)).replace(/^/gm, '    ');
}
