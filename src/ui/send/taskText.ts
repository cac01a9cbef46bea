import { limits } from '../../protocol/limits.ts';
import type { Place } from '../../protocol/model.ts';
import { shorten } from '../text/truncate.ts';
import { fence } from './fence.ts';
import { placeWords, type Source } from './source.ts';

/** Enough to know what it is about. The agent has the file. */
const snippetLength = 20_000;

/** The title and the body of a task about `source`. The body says where it is, and shows what stands there. */
export function taskWords(source: Source, wanted: string): { title: string; body: string } {
  const words = wanted.trim();
  const title = shorten(words.replace(/\s+/g, ' '), limits.title);
  const { snippet } = source;
  const parts = [
    title === words ? '' : words,
    placeWords(source),
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

/** The same place as data; `undefined` if it is no line of a file, or if its name can't be said in one line. */
export function placeOf({ file, lines, snippet }: Source): Place | undefined {
  if (file === undefined || lines === undefined || /\p{Cc}/u.test(file) || file.length > limits.path) return undefined;
  const text = snippet?.text ?? '';
  return {
    file,
    line: lines.first,
    ...(lines.last > lines.first && { endLine: lines.last }),
    ...(text !== '' && text.length <= limits.snippet && { snippet: text }),
  };
}

/** Whole lines of it; what is left out is counted. */
function cut(text: string): string {
  if (text.length <= snippetLength) return text;
  const end = text.lastIndexOf('\n', snippetLength);
  const kept = text.slice(0, end > 0 ? end : snippetLength);
  return `${kept}\n… (${text.length - kept.length} characters more)`;
}
