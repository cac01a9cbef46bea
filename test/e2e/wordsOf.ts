import assert from 'node:assert/strict';

/** What a part of a document names of the screen, in bold or italics. */
export interface NamedWords {
  /** @returns the word; fails if the part does not name it */
  say(word: string): string;
  /** What it names, and what nobody has said. */
  unsaid(): string[];
}

/** @param headings the parts, by their headings of the second level; a part ends at the next heading */
export function wordsOf(document: string, headings: readonly string[]): NamedWords {
  const parts = document.split(/^#+ /m).filter((part) => headings.some((heading) => part.startsWith(`${heading}\n`)));
  assert.equal(parts.length, headings.length, `the document has ${headings.join(' and ')}`);
  const named = new Set(
    [...parts.join('\n').matchAll(/\*\*([^*]+)\*\*|\*([^*]+)\*/g)].map(([, bold, italic]) => squeezed(bold ?? italic ?? '')),
  );
  const said = new Set<string>();
  return {
    say(word) {
      assert.ok(named.has(word), `“${word}” is none of ${[...named].join(', ')}`);
      said.add(word);
      return word;
    },
    unsaid: () => [...named].filter((word) => !said.has(word)),
  };
}

/** A line may end within a name. */
function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
