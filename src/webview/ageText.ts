const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago `at` (RFC 3339) was, in few words: minutes at least. */
export function ageText(at: string, now: number, language: string): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(at)) / 1_000));
  const format = formatOf(language);
  for (const [unit, length] of units) if (seconds >= length) return format.format(-Math.floor(seconds / length), unit);
  return format.format(0, 'second');
}

let known: { language: string; format: Intl.RelativeTimeFormat } | undefined;

function formatOf(language: string): Intl.RelativeTimeFormat {
  if (known?.language !== language)
    known = { language, format: new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'auto' }) };
  return known.format;
}
