// Agents name themselves, so one may call itself “You”. Where names stand alone, a name that reads like the person or the product is
// shown as a name in quotes.

/** Letters of other scripts that look like these. */
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
 * The name reads, in whole or in its first word, like somebody who is no agent; or it has something invisible (which is
 * an escape by now), or what puts names and facts together.
 */
export function passesForAnother(name: string, you: string): boolean {
  if (/[·“”"]|\\u[{0-9A-F]/.test(name)) return true;
  const first = name.split(/[\s:,.()[\]<>|/—–-]+/u).find((word) => skeleton(word) !== '') ?? '';
  return [name, first].some((text) => reserved.has(skeleton(text)) || skeleton(text) === skeleton(you));
}

/** What the eye makes of a name: no marks, no signs, nothing invisible, and one letter for those that look alike. */
function skeleton(name: string): string {
  let text = name
    .normalize('NFKD')
    // The capital Upsilon looks like a Y, the small one like a u.
    .replaceAll('Υ', 'y')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  for (const [letters, letter] of lookAlikes) text = text.replace(letters, letter);
  return text;
}
