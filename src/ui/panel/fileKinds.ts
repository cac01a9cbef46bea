import type { Attachment } from '../../protocol/model.ts';
import type { FileRow } from '../../protocol/toPanelPage.ts';

// The type of a file by its name. Whether it is a picture is decided by its bytes (`pictureOf.ts`).

const pictureTypes: ReadonlyMap<string, string> = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
]);
const otherTypes: ReadonlyMap<string, string> = new Map([
  ['svg', 'image/svg+xml'],
  ['pdf', 'application/pdf'],
  ['json', 'application/json'],
  ['html', 'text/html'],
  ['css', 'text/css'],
  ['csv', 'text/csv'],
  ['md', 'text/markdown'],
  ['xml', 'application/xml'],
  ['zip', 'application/zip'],
]);
/** Extensions of text files. */
const texts = new Set(
  'txt log md json jsonl yaml yml toml ini cfg conf xml svg html htm css scss js mjs cjs ts tsx jsx py rb go rs java kt c h cc cpp hpp cs php sh bash ps1 sql diff patch csv tsv lua swift vue tex lock env'.split(
    ' ',
  ),
);

/** The MIME type for a file name; empty if unknown. */
export function typeOf(name: string): string {
  const ending = endingOf(name);
  return pictureTypes.get(ending) ?? otherTypes.get(ending) ?? (texts.has(ending) ? 'text/plain' : '');
}

/** How the page shows a file. */
export function kindOf({ name, mimeType }: Attachment): FileRow['kind'] {
  if ([...pictureTypes.values()].includes(mimeType)) return 'picture';
  if (/^text\/|[+/](json|xml|yaml|toml|javascript|typescript|x-sh)$/.test(mimeType)) return 'text';
  if (mimeType !== 'application/octet-stream') return 'other';
  const ending = endingOf(name);
  return pictureTypes.has(ending) ? 'picture' : texts.has(ending) ? 'text' : 'other';
}

function endingOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
