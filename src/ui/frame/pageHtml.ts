/** The HTML of a webview page. All content arrives later as messages; the HTML contains nothing from agents. */
export function pageHtml(page: {
  /** The origin of the extension's files. */
  cspSource: string;
  nonce: string;
  script: string;
  style: string;
  language: string;
  /** Whether the page shows pictures from blobs. Nothing is loaded from elsewhere. */
  pictures: boolean;
}): string {
  const { cspSource, nonce } = page;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    ...(page.pictures ? ['img-src blob:'] : []),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>AgentRQ</title>
<link rel="stylesheet" href="${attribute(page.style)}">
</head>
<body>
<script nonce="${attribute(nonce)}" src="${attribute(page.script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
