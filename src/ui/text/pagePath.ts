import { truncate } from './truncate.ts';
import { visibleLine } from './visibleText.ts';

/** The subject of a text page. */
export type PageKey = { kind: 'task' | 'request'; workspaceId: string; id: string };

/** The path of a text page: `/task/<workspace>/<id>/<title>.md`, so that the tab shows the title. */
export function pagePath(key: PageKey, title: string): string {
  const name = truncate(visibleLine(title), 60).replace(/[\\/:*?"<>|#%]+/g, '-');
  return `/${key.kind}/${key.workspaceId}/${key.id}/${name === '' ? key.kind : name}.md`;
}

/** Parses the path of a text page; `undefined` if it is none. */
export function parsePagePath(path: string): PageKey | undefined {
  const match = /^\/(task|request)\/([0-9A-Za-z]{11})\/([0-9A-Za-z]{11})\/[^/]*\.md$/.exec(path);
  const [, kind, workspaceId, id] = match ?? [];
  if (kind === undefined || workspaceId === undefined || id === undefined) return undefined;
  return { kind: kind === 'task' ? 'task' : 'request', workspaceId, id };
}
