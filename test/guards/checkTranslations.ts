// Holds each translation against the English texts: nothing is missing, nothing is left over, and what a text refers to stays.

/** Texts by key. */
export type Texts = Readonly<Record<string, string>>;

/** What is wrong with the translation `to`, a sentence each; `name` is that of its file. */
export function checkTranslation(name: string, english: Texts, to: Texts): string[] {
  return [
    ...missingKeys(english, to).map((key) => `${name} lacks ${JSON.stringify(key)}`),
    ...Object.keys(to)
      .filter((key) => english[key] === undefined)
      .map((key) => `${name} translates ${JSON.stringify(key)}, which is no text any more`),
    ...Object.entries(english).flatMap(([key, text]) => {
      const translated = to[key];
      if (translated === undefined) return [];
      const [wanted, present] = [referencesIn(text), referencesIn(translated)];
      if (translated.trim() === '') return [`${name} has an empty text for ${JSON.stringify(key)}`];
      return wanted === present
        ? []
        : [`${name} refers to ${present || 'nothing'} instead of ${wanted || 'nothing'} in ${JSON.stringify(key)}`];
    }),
  ];
}

/** The keys that nobody has translated yet. */
export function missingKeys(english: Texts, to: Texts): string[] {
  return Object.keys(english).filter((key) => to[key] === undefined);
}

/** What has to be the same in every language: places for values, commands, settings, code. A value may be named twice. */
function referencesIn(text: string): string {
  const found = [...text.matchAll(/\{\d+\}|\(command:[^)]*\)|`[^`]*`|\$\([\w-]+\)/g)].map(([reference]) => reference);
  return [...new Set(found)].toSorted().join(' ');
}

/** The same text with accents on its letters, and 40 % longer: what isn't translated stands out, and so does what doesn't fit. */
export function pseudo(text: string): string {
  const parts = text.split(/(\{\d+\}|\(command:[^)]*\)|`[^`]*`|\$\([\w-]+\))/);
  const accented = parts.map((part, index) => (index % 2 === 1 ? part : part.replace(/[A-Za-z]/g, (letter) => accents[letter] ?? letter)));
  return `⟦${accented.join('')}${'·'.repeat(Math.ceil(text.length * 0.4))}⟧`;
}

const plain = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const odd = 'ÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž';
const accents: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: plain.length }, (_, index) => [plain.charAt(index), odd.charAt(index)]),
);

/** The members of the manifest that a person reads. */
const shown = new Set([
  'title',
  'name',
  'description',
  'contents',
  'markdownDescription',
  'label',
  'contextualTitle',
  'altText',
  'category',
]);

/** Texts of the manifest that are no `%key%`, so that nobody can translate them. Our own name is the same everywhere. */
export function untranslated(manifest: unknown): string[] {
  return walk((manifest as { contributes?: unknown }).contributes, 'contributes').filter((found) => !found.endsWith('"AgentRQ"'));
}

function walk(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    const at = `${path}.${key}`;
    if (key === 'enumDescriptions' && Array.isArray(member)) return member.flatMap((text, index) => literal(text, `${at}.${index}`));
    return shown.has(key) ? literal(member, at) : walk(member, at);
  });
}

function literal(value: unknown, at: string): string[] {
  if (typeof value !== 'string') return walk(value, at);
  return /^%[^%]+%$/.test(value) ? [] : [`${at} is ${JSON.stringify(value)}`];
}
