const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Truncates `text` to `length` UTF-16 units with `…`, not within a character, and at a word boundary if one is near. */
export function truncate(text: string, length: number): string {
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
