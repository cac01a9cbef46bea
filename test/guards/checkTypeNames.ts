/** The words of the vocabulary in ARCHITECTURE.md, as they stand in its table. */
export function vocabularyOf(architecture: string): Set<string> {
  const [, section = ''] = /\n## Vocabulary\n([^]*?)\n## /.exec(architecture) ?? [];
  return new Set([...section.matchAll(/^\| \*\*(.+?)\*\* \|/gm)].flatMap(([, words = '']) => words.split(' / ')));
}

/** Words that type names had for what the vocabulary calls otherwise. */
export const retired: Readonly<Record<string, string>> = {
  Cargo: 'delivery',
  Claim: 'lease',
  Door: 'source',
  Offer: 'delivery',
  Person: 'user',
  Via: 'connection',
};

/** What is wrong with the exported types of these sources, by path: one name for two things, or a retired word. */
export function badTypeNames(files: ReadonlyMap<string, string>, allowed: Readonly<Record<string, string>>): string[] {
  const places = new Map<string, string[]>();
  for (const [path, text] of files) {
    for (const [, name = ''] of text.matchAll(/^export (?:interface|type|class|abstract class) ([A-Z]\w*)/gm)) {
      places.set(name, [...(places.get(name) ?? []), path]);
    }
  }
  const twice = [...places].filter(([name, paths]) => paths.length > 1 && !(name in allowed));
  const old = [...places].flatMap(([name, [path = '']]) => {
    const word = name.match(/[A-Z][a-z]*/g)?.find((part) => part.replace(/s$/, '') in retired);
    return word === undefined ? [] : [`${name} in ${path}: the word is ${retired[word.replace(/s$/, '')]}`];
  });
  return [...twice.map(([name, paths]) => `${name} is in ${paths.join(' and in ')}`), ...old];
}
