// Agents may write any text. Invisible and reordering characters are always shown as escapes (`\u202E`).

// Controls, format characters (bidi, zero-width, tags), lone surrogates, unusual line separators, and blank letters.
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

// Emoji contain variation selectors and joiners, which are allowed only there.
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

/** `visibleText` on one line: white space of any kind becomes one space. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(/[\s\u2028\u2029]+/g, ' ').trim());
}

/** The first line that is not blank, as `visibleLine`, cut to 2,000 UTF-16 units. */
export function firstVisibleLine(text: string): string {
  return visibleLine((/\S[^\r\n]*/.exec(text)?.[0] ?? '').slice(0, 2_000));
}

function escapeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
