/** The lines of HTML that is made of text and `span`: each is whole, with the spans that go on over it. */
export function splitHtml(html: string): string[] {
  const open: string[] = [];
  const lines: string[] = [];
  let line = '';
  for (const [piece] of html.matchAll(/<span[^>]*>|<\/span>|\n|[^<\n]+|</g)) {
    if (piece === '\n') {
      lines.push(line + '</span>'.repeat(open.length));
      line = open.join('');
      continue;
    }
    if (piece.startsWith('<span')) open.push(piece);
    else if (piece === '</span>') open.pop();
    line += piece;
  }
  return [...lines, line];
}
