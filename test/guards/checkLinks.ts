import { posix } from 'node:path';

/** What links are held against. */
export interface LinkSources {
  /** The text of each document, by its path. */
  documents: ReadonlyMap<string, string>;
  /** Whether the repository has this file or folder. */
  isThere(path: string): boolean;
  /** Where the repository is on the web: a link below it leads to a file of it. */
  repository: string;
}

/** A link in Markdown or in HTML, a picture too. */
const link = /\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)|^\[[^\]]+\]: (\S+)$|\b(?:src|href)="([^"]+)"/gm;

/** Links that lead nowhere, a sentence for each. What is elsewhere on the web is not asked; it has to be HTTPS. */
export function deadLinks({ documents, isThere, repository }: LinkSources): string[] {
  return [...documents].flatMap(([path, text]) => linksOf(text).flatMap((to) => problemOf(path, to)));

  function problemOf(from: string, to: string): string[] {
    const wrong = (why: string): string[] => [`${from}: ${to} ${why}`];
    if (to.startsWith('mailto:') || to.startsWith('vscode:')) return [];
    const own = to.startsWith(`${repository}/`) ? /^\/(?:blob|raw|tree)\/HEAD\/([^#?]+)/.exec(to.slice(repository.length))?.[1] : undefined;
    if (own !== undefined) return isThere(decodeURI(own)) ? [] : wrong('is not in the repository');
    if (/^[a-z]+:/.test(to)) return to.startsWith('https://') ? [] : wrong('is not HTTPS');
    const [file = '', anchor] = to.split('#');
    const target = file === '' ? from : posix.normalize(posix.join(posix.dirname(from), decodeURI(file)));
    if (!isThere(target)) return wrong('is not there');
    if (anchor === undefined || !target.endsWith('.md')) return [];
    return anchorsOf(documents.get(target) ?? '').has(anchor) ? [] : wrong('names a heading that is not there');
  }
}

/** Where a document leads. What stands in code is no link. */
export function linksOf(text: string): string[] {
  return [...withoutCode(text).matchAll(link)].map(([, inline, reference, html]) => inline ?? reference ?? html ?? '');
}

/** A document without what stands in code marks and blocks. */
export function withoutCode(text: string): string {
  return text.replaceAll(/^```[^]*?^```/gm, '').replaceAll(/`[^`\n]+`/g, '');
}

/** The names that headings have in the address, as GitHub makes them. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  const names = headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
  return new Set(
    names.map((name, place) =>
      names.indexOf(name) === place ? name : `${name}-${names.slice(0, place).filter((one) => one === name).length}`,
    ),
  );
}
