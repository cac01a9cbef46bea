// Agents write what they like. What the eye can't see, or what makes it read in another order than the machine, is shown as an
// escape (`\u202E`), everywhere and the same.

// Controls, format characters (bidi, zero-width, tags), lone surrogates, the odd line separators, and letters with no shape.
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

// Emoji are built with a variation selector and a joiner; there, and only there, these belong to what one sees.
const emojiGlue =
  /(?<=\p{Extended_Pictographic})\uFE0F|(?<=[#*0-9])\uFE0F(?=\u20E3)|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})/gu;

/** `text` with every invisible or reordering character as a visible escape. Line breaks (as `\n`) and tabs stay. */
export function visibleText(text: string): string {
  const glue = new Set<number>();
  for (const match of text.matchAll(emojiGlue)) glue.add(match.index);
  return text.replace(hidden, (character: string, index: number) => {
    if (character === '\n' || character === '\t' || glue.has(index)) return character;
    if (character === '\r' && text[index + 1] === '\n') return '';
    return escapeOf(character);
  });
}

/** The same on one line: white space of any kind becomes one space. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(/[\s\u2028\u2029]+/g, ' ').trim());
}

/** The first line with something on it, as `visibleLine`, and no more than the first 2,000 UTF-16 units of it. */
export function firstVisibleLine(text: string): string {
  return visibleLine((/\S[^\r\n]*/.exec(text)?.[0] ?? '').slice(0, 2_000));
}

function escapeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
