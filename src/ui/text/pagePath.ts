import { truncate } from './truncate.ts';
import { visibleLine } from './visibleText.ts';

/** The task of a text page. */
export interface PageKey {
  workspaceId: string;
  id: string;
}

/** The path of a text page: `/task/<workspace>/<id>/<title>.md`, so that the tab shows the title. */
export function pagePath(key: PageKey, title: string): string {
  const name = truncate(visibleLine(title), 60).replace(/[\\/:*?"<>|#%]+/g, '-');
  return `/task/${key.workspaceId}/${key.id}/${name === '' ? 'task' : name}.md`;
}

/** Parses the path of a text page; `undefined` if it is none. */
export function parsePagePath(path: string): PageKey | undefined {
  const match = /^\/task\/([0-9A-Za-z]{11})\/([0-9A-Za-z]{11})\/[^/]*\.md$/.exec(path);
  const [, workspaceId, id] = match ?? [];
  return workspaceId === undefined || id === undefined ? undefined : { workspaceId, id };
}
