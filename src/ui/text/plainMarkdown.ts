import { visibleLine, visibleText } from './visibleText.ts';

// Agents write Markdown. Where a text is shown as it is, on one line above all, its marks are noise. Nothing but marks is left out: the
// addresses of links stay, and so does all of a code block. A name such as `__init__` or `*.ts` is no mark.

const longestLine = 4_000;
const fence = /^ {0,3}(?:`{3,}[^`]*|~{3,}.*)$/;
/** Lines that only draw: rules, the lines below headings, and those between the head and the body of a table. */
const drawing = /^\s*(?:([-*_])(?:\s*\1){2,}|=+|\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?)\s*$/;
const codeSpan = /(?<!`)(?<ticks>`+)(?!`)(?<code>.+?)(?<!`)\k<ticks>(?!`)/u;
const link = /!?\[(?<label>[^\]]*)\]\(<?(?<address>[^\s()<>]*)>?(?:\s+"[^"]*")?\)/u;
const strong =
  /(?<![^\s([{"'“‘*_~])(?<stars>\*{1,3}(?!\*)|~~)(?=[\p{L}\p{N}`"'“‘([{_~$<])(?<loud>.+?)(?<=[^\s,/])\k<stars>(?![^\s\p{P}*_~])/u;
const underlined = /(?<![^\s([{"'“‘*_~])(?<lines>__?)(?=[^\s_])(?<soft>.+?)(?<=[^\s_])\k<lines>(?![^\s\p{P}*_~])/u;
const escaped = /\\(?<literal>[*_`~[\]#])/u;
const marks = new RegExp([codeSpan, link, strong, underlined, escaped].map(({ source }) => source).join('|'), 'gu');

/** Markdown without its marks; lines stay lines. */
export function withoutMarks(markdown: string): string {
  let inBlock = false;
  return markdown
    .split(/\r?\n/)
    .flatMap((line) => {
      if (fence.test(line)) {
        inBlock = !inBlock;
        return [];
      }
      if (inBlock || line.length > longestLine) return [line];
      return drawing.test(line) ? [] : [withoutInline(withoutPrefix(line))];
    })
    .join('\n');
}

/** `visibleText` of Markdown, without its marks. */
export function plainText(markdown: string): string {
  return visibleText(withoutMarks(markdown));
}

/** `visibleLine` of Markdown, without its marks. */
export function plainLine(markdown: string): string {
  return visibleLine(withoutMarks(markdown));
}

/** The first line of Markdown that says something, as `plainLine`; of the first 4,000 UTF-16 units. */
export function firstPlainLine(markdown: string): string {
  return visibleLine(/\S.*/.exec(withoutMarks(markdown.slice(0, longestLine)))?.[0] ?? '');
}

/** A line without what makes it a heading, a quotation or an item. */
function withoutPrefix(line: string): string {
  return line
    .replace(/^\s*(?:>\s?)+/, '')
    .replace(/^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$/, '$1')
    .replace(/^(\s*)[-*+]\s+(?=\S)/, '$1• ')
    .replace(/^(\s*)• \[( |x|X)\]\s+/, (_, blank: string, tick: string) => `${blank}${tick === ' ' ? '☐' : '☑'} `);
}

function withoutInline(text: string): string {
  return text.replace(marks, (whole: string, ...rest: unknown[]) => {
    const { code, label, address = '', loud, soft, literal } = rest.at(-1) as Record<string, string | undefined>;
    if (code !== undefined) return /^ .*[^ ].* $/.test(code) ? code.slice(1, -1) : code;
    if (label !== undefined) return address === label ? label : joinLink(withoutInline(label), address);
    if (literal !== undefined) return literal;
    if (loud !== undefined) return withoutInline(loud);
    // A word between underscores may be a name.
    return soft === undefined || /^[\w.]+$/.test(soft) ? whole : withoutInline(soft);
  });
}

function joinLink(label: string, address: string): string {
  return address === '' ? label : label === '' ? address : `${label} (${address})`;
}
