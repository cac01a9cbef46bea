const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** At most `length` UTF-16 units of `text`; what is cut ends with `…`, never inside a character, and at a word if one is near. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const { segment } of segmenter.segment(text.slice(0, length + 1))) {
    if (kept.length + segment.length > length - 1) break;
    kept += segment;
  }
  const space = kept.lastIndexOf(' ');
  if (space > length * 0.7) kept = kept.slice(0, space);
  return `${kept.trimEnd()}…`;
}
