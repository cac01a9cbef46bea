import { shorten } from './truncate.ts';
import { visibleLine } from './visibleText.ts';

/** What a read-only page shows. */
export type PageKey = { kind: 'task' | 'request'; workspaceId: string; id: string };

/** The path of the page in its scheme: `/task/<workspace>/<id>/<title>.md`, so that the tab has the title for a name. */
export function pagePath(key: PageKey, title: string): string {
  const name = shorten(visibleLine(title), 60).replace(/[\\/:*?"<>|#%]+/g, '-');
  return `/${key.kind}/${key.workspaceId}/${key.id}/${name === '' ? key.kind : name}.md`;
}

/** Reads the path of a page; `undefined` if it isn't one. */
export function parsePagePath(path: string): PageKey | undefined {
  const match = /^\/(task|request)\/([0-9A-Za-z]{11})\/([0-9A-Za-z]{11})\/[^/]*\.md$/.exec(path);
  const [, kind, workspaceId, id] = match ?? [];
  if (kind === undefined || workspaceId === undefined || id === undefined) return undefined;
  return { kind: kind === 'task' ? 'task' : 'request', workspaceId, id };
}
