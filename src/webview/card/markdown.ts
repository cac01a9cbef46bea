import MarkdownIt from 'markdown-it';
import { splitPlaces } from '../../protocol/codePlace.ts';
import { fillIn } from '../fillIn.ts';
import { highlight } from './highlight.ts';
import { addTaskLists } from './taskLists.ts';

// Markdown of agents. Nothing in it becomes HTML of theirs, nothing is loaded, and a link does nothing by itself: it is a thing to press
// that says what it leads to. What comes out is still cleaned before it is shown.

/** The words around what an agent wrote; `{0}` stands for the address or the place. */
export interface MarkdownWords {
  code: string;
  copy: string;
  openDiff: string;
  openLink: string;
  openPlace: string;
  image: string;
  whole: string;
}

/** A text beyond this is shown as it is: no person reads it, and formatting it would hold up the page. */
export const longText = 60_000;

/** Makes HTML of Markdown. Throws never. */
export function createMarkdown(words: MarkdownWords): (text: string) => string {
  const md = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false });
  const escape = md.utils.escapeHtml;
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  for (const schema of ['ftp:', '//', 'mailto:']) md.linkify.add(schema, null);
  // What isn't a link stays the text that it is.
  md.validateLink = (address) => /^https?:\/\/[^/]/i.test(address);

  addTaskLists(md);

  /** Nothing to press inside of something to press. */
  let inLink = 0;

  const link = (address: string): string =>
    address === ''
      ? '<a>'
      : `<a class="link" role="link" tabindex="0" data-href="${escape(address)}" title="${escape(fillIn(words.openLink, address))}">`;
  const withPlaces = (text: string): string =>
    inLink > 0
      ? escape(text)
      : splitPlaces(text)
          .map((piece) =>
            'place' in piece
              ? `<a class="place" role="link" tabindex="0" data-place="${escape(piece.text)}" title="${escape(fillIn(words.openPlace, piece.text))}">${escape(piece.text)}</a>`
              : escape(piece.text),
          )
          .join('');
  const block = (code: string, info: string): string => {
    const language = /^[\w+#.-]{1,20}/.exec(info)?.[0] ?? '';
    const button = isDiff(code, language) ? `<button type="button" class="diff">${escape(words.openDiff)}</button>` : '';
    const { html, name } = highlight(code, language);
    const copy = `<button type="button" class="copy">${escape(words.copy)}</button>`;
    const bar = `<div class="bar"><span>${escape(name === '' ? words.code : name)}</span>${button}${copy}</div>`;
    return `<div class="code">${bar}<pre tabindex="0"><code>${html ?? escape(code)}</code></pre></div>\n`;
  };

  const own: typeof md.renderer.rules = {
    text: (tokens, index) => {
      const { content = '' } = tokens[index] ?? {};
      // Emphasis in the middle of a path has cut it in pieces, none of which is the path.
      const isCut = /^[^\s(["'`:,;]/.test(content) && /^(?:strong|em|s)_close$/.test(tokens[index - 1]?.type ?? '');
      const [head] = isCut ? splitPlaces(content) : [];
      return head !== undefined && 'place' in head ? escape(head.text) + withPlaces(content.slice(head.text.length)) : withPlaces(content);
    },
    code_inline: (tokens, index) => `<code>${withPlaces(tokens[index]?.content ?? '')}</code>`,
    fence: (tokens, index) => block(tokens[index]?.content ?? '', tokens[index]?.info ?? ''),
    code_block: (tokens, index) => block(tokens[index]?.content ?? '', ''),
    link_open: (tokens, index) => {
      inLink += 1;
      return link(String(tokens[index]?.attrGet('href') ?? ''));
    },
    link_close: () => {
      inLink -= 1;
      return '</a>';
    },
    image: (tokens, index) => {
      const address = String(tokens[index]?.attrGet('src') ?? '');
      const text = escape(fillIn(words.image, tokens[index]?.content || address));
      return inLink > 0 ? text : `${link(address)}${text}</a>`;
    },
    // A message has no place among the headings of the page.
    heading_open: (tokens, index) => `<p class="heading ${tokens[index]?.tag ?? ''}">`,
    heading_close: () => '</p>\n',
    table_open: () => '<div class="table" tabindex="0"><table>\n',
    table_close: () => '</table></div>\n',
  };
  Object.assign(md.renderer.rules, own);

  return (text) => {
    if (text.length > longText) return `<p class="whole">${escape(words.whole)}</p><pre class="plain" tabindex="0">${escape(text)}</pre>`;
    inLink = 0;
    return md.render(text);
  };
}

function isDiff(code: string, language: string): boolean {
  return /^(?:diff|patch)$/i.test(language) || /^--- \S.*\n\+\+\+ \S.*\n@@ /m.test(code);
}
