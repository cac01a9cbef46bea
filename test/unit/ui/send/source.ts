import type { Source } from '../../../../src/ui/send/source.ts';

/** Two lines of code in a folder, with what a test doesn't care about filled in. */
export function source(over: Partial<Source> = {}): Source {
  return {
    folder: 'file:///web',
    file: 'src/app.ts',
    lines: { first: 3, last: 5 },
    snippet: { text: 'a();\nb();', language: 'typescript' },
    facts: [],
    wanted: '',
    ...over,
  };
}
