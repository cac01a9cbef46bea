const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** The size of a file as people of this language read it: `12.5 kB`. A kilobyte has 1,000 bytes. */
export function sizeWords(bytes: number, language: string): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const unit = units[power] ?? 'byte';
  const format = { style: 'unit', unit, unitDisplay: power === 0 ? 'long' : 'short', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, format).format(bytes / 1_000 ** power);
}
