/** The frame of a page. Everything that it shows comes later, as data; nothing of an agent ever stands in here. */
export function pageHtml(page: {
  /** Where the editor serves our files from. */
  cspSource: string;
  nonce: string;
  script: string;
  style: string;
  language: string;
  /** The page shows pictures of bytes that it was handed. Nothing is loaded for one. */
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
