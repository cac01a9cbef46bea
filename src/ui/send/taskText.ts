import { limits } from '../../protocol/limits.ts';
import type { Place } from '../../protocol/model.ts';
import { truncate } from '../text/truncate.ts';
import { locationText, type Source } from './source.ts';

/** The limit of the snippet, in characters. The agent can read the file. */
const snippetLength = 20_000;

/** The title and body of a task about `source`. The body has the location and the snippet. */
export function taskText(source: Source, wanted: string): { title: string; body: string } {
  const words = wanted.trim();
  const title = truncate(words.replace(/\s+/g, ' '), limits.title);
  const { snippet } = source;
  const parts = [
    title === words ? '' : words,
    locationText(source),
    ...source.facts,
    snippet === undefined || snippet.text.trim() === '' ? '' : fence(cut(snippet.text), snippet.language),
  ];
  return {
    title,
    body: parts
      .filter((part) => part !== '')
      .join('\n\n')
      .slice(0, limits.text),
  };
}

/** The location as data; `undefined` without lines, or if the file name is too long or has control characters. */
export function locationOf({ file, lines, snippet }: Source): Place | undefined {
  if (file === undefined || lines === undefined || /\p{Cc}/u.test(file) || file.length > limits.path) return undefined;
  const text = snippet?.text ?? '';
  return {
    file,
    line: lines.first,
    ...(lines.last > lines.first && { endLine: lines.last }),
    ...(text !== '' && text.length <= limits.snippet && { snippet: text }),
  };
}

/** The beginning of the text in whole lines, with the number of characters that are left out. */
function cut(text: string): string {
  if (text.length <= snippetLength) return text;
  const end = text.lastIndexOf('\n', snippetLength);
  const kept = text.slice(0, end > 0 ? end : snippetLength);
  return `${kept}\n… (${text.length - kept.length} characters more)`;
}

/** `text` as a fenced Markdown block. The fence is longer than any run of backticks in the text, so that the text can't end the block. */
export function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  // A language with other characters would not be parsed as one.
  return `${marks}${/^[\w+#.-]*$/.test(language) ? language : ''}\n${text.replace(/\n$/, '')}\n${marks}`;
}
