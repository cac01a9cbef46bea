// Agents choose their names, so one may call itself “You”. A name that reads like the user or the product is quoted.

/** Letters of other scripts, and the Latin letters that they look like. */
const lookAlikes: readonly (readonly [RegExp, string])[] = [
  [/[аɑα]/g, 'a'],
  [/[еε]/g, 'e'],
  [/[оοσ0]/g, 'o'],
  [/[уүγʏ]/g, 'y'],
  [/[υս]/g, 'u'],
  [/[ѕ5]/g, 's'],
  [/[мϻ]/g, 'm'],
  [/[тτ]/g, 't'],
  [/[nпղ]/g, 'n'],
  [/[һн]/g, 'h'],
  [/[рρ]/g, 'p'],
  [/[сϲ]/g, 'c'],
  [/[ԛ]/g, 'q'],
  [/[гɡ]/g, 'g'],
  [/[ʀ]/g, 'r'],
];

const reserved: ReadonlySet<string> = new Set(
  ['you', 'me', 'human', 'person', 'user', 'system', 'hub', 'nobody', 'agentrq', 'vscode', 'visualstudiocode', 'workspace', 'rule'].map(
    skeleton,
  ),
);

/**
 * Whether the name or its first word reads like someone who is not an agent, or contains escapes of invisible characters or the separators
 * between names and facts.
 */
export function looksLikeReservedName(name: string, you: string): boolean {
  if (/[·“”"]|\\u[{0-9A-F]/.test(name)) return true;
  const first = name.split(/[\s:,.()[\]<>|/—–-]+/u).find((word) => skeleton(word) !== '') ?? '';
  return [name, first].some((text) => reserved.has(skeleton(text)) || skeleton(text) === skeleton(you));
}

/** Reduces a name to what it looks like: letters and digits only, and one letter for all that look alike. */
function skeleton(name: string): string {
  let text = name
    .normalize('NFKD')
    // Capital Upsilon looks like Y, small upsilon like u.
    .replaceAll('Υ', 'y')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  for (const [letters, letter] of lookAlikes) text = text.replace(letters, letter);
  return text;
}
