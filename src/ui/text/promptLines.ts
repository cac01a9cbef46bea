import type { Permission } from '../../protocol/model.ts';
import { besideInput, commandOf, hasClearNames, isPlain, readMembers } from './permissionText.ts';
import { plainText } from './plainMarkdown.ts';

// What is decided, as lines that fit into a prompt: all of it, or nothing.

const linesAtMost = 8;
/** How many columns a prompt shows for certain. */
const columns = 72;
/** Stands before the rest of a line that was broken, and before a member of the input. */
const [goesOn, member] = ['↪ ', '• '];

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wide =
  /[\p{scx=Han}\p{scx=Hangul}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{Extended_Pictographic}\uFF00-\uFF60\uFFE0-\uFFE6]/u;

/** A question of an agent, without marks; `undefined` if it is longer than a prompt. */
export function linesOfQuestion(markdown: string): readonly string[] | undefined {
  return wrapped(
    plainText(markdown)
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== ''),
  );
}

/**
 * All of a permission: the command, or the input, then every other member, the folder and the subagent. `undefined` if it is longer than a
 * prompt, partial, or has characters or names that are invisible or could be taken for something else.
 * @param folder the URI of the workspace's folder
 */
export function linesOfPermission(permission: Permission, folder?: string): readonly string[] | undefined {
  const { tool, input, partial } = permission;
  if (partial === true || input.length > columns * linesAtMost || !isPlain(tool)) return undefined;
  const members = readMembers(input);
  const command = members && commandOf(members);
  const all = [...(members ?? []), ...besideInput(permission, folder)];
  if (!hasClearNames(all)) return undefined;
  const others = all.filter((one) => one !== command);
  const text = members === undefined ? input : command?.value;
  const lines = [...(text?.split('\n') ?? []), ...others.flatMap(({ name, value }) => `${member}${name}: ${value}`.split('\n'))];
  const isClear = lines.every(
    (line) => isPlain(line.trim() === '' ? 'x' : line.replace(/^ +/, '')) && !line.trimStart().startsWith(goesOn.trim()),
  );
  // A line of the command must not look like a member.
  const isCertain = text?.includes(member.trim()) !== true && others.every(({ value }) => !value.includes(member.trim()));
  return isClear && isCertain && lines.length > 0 ? wrapped(lines) : undefined;
}

/** The lines, broken where they are too long; blanks at their beginning are kept. */
function wrapped(lines: readonly string[]): readonly string[] | undefined {
  const pieces = lines.flatMap((line) => brokenLine(line.replace(/^ +/, (blanks) => '\u00A0'.repeat(blanks.length))));
  return pieces.length > linesAtMost ? undefined : pieces;
}

/** How many columns a character takes. */
function widthOf(character: string): number {
  return wide.test(character) ? 2 : 1;
}

/** A line of a prompt as lines that it shows whole. */
export function brokenLine(line: string): string[] {
  const pieces: string[] = [];
  let [piece, width] = ['', 0];
  for (const { segment } of segmenter.segment(line)) {
    const own = widthOf(segment);
    if (width + own > columns) {
      const space = piece.lastIndexOf(' ') + 1;
      const end = space > columns / 2 ? space : piece.length;
      pieces.push(piece.slice(0, end));
      piece = `${goesOn}${piece.slice(end)}`;
      width = Array.from(segmenter.segment(piece), (each) => widthOf(each.segment)).reduce((sum, each) => sum + each, 0);
    }
    piece += segment;
    width += own;
  }
  return [...pieces, piece];
}
