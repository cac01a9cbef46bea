import type { CodeLine } from '../../protocol/card.ts';
import { cleanHtml } from './cleanHtml.ts';
import { highlight } from './highlight.ts';
import { splitHtml } from './splitHtml.ts';

/** Lines of code: each with its number or its mark, so that one that is wrapped is not taken for two. */
export function codeNode(lines: readonly CodeLine[], language: string, words: { added: string; removed: string }): HTMLElement {
  const code = document.createElement('code');
  const coloured = coloursOf(lines, language);
  // The numbers of a long text need a wider gutter.
  code.style.setProperty('--digits', String(Math.max(2, ...lines.map(({ number }) => String(number).length))));
  for (const [index, { number, text, mark, blanks }] of lines.entries()) {
    const line = document.createElement('span');
    line.className = `line ${mark}${blanks === true ? ' blanks' : ''}`;
    if (number > 0) line.dataset['number'] = String(number);
    if (mark === 'added' || mark === 'removed') {
      const said = document.createElement('span');
      said.className = 'unseen';
      said.textContent = `${words[mark]}: `;
      line.append(said);
    }
    line.append(...(coloured?.[index]?.childNodes ?? [text]), '\n');
    code.append(line);
  }
  return code;
}

/** An element for each line, with its colours; `undefined` if they stay plain. */
function coloursOf(lines: readonly CodeLine[], language: string): HTMLCollection | undefined {
  const { html } = highlight(lines.map(({ text }) => text).join('\n'), language);
  if (html === undefined) return undefined;
  const { children } = cleanHtml(
    splitHtml(html)
      .map((line) => `<span>${line}</span>`)
      .join(''),
  );
  // What isn't as many lines as it was is shown as it is.
  return children.length === lines.length ? children : undefined;
}
