import { pageScheme } from '../ids.ts';
import { parsePagePath } from '../text/pagePath.ts';
import type { RowTarget } from './row.ts';

const parts = ['taskId', 'requestId', 'agentId', 'group', 'workspaceId', 'ofAgent'] as const satisfies readonly (keyof RowTarget)[];

/** The target of a row, a page URI, or the argument of a programmatic call (`{ taskId }`, `{ requestId }`). */
export function targetOf(argument: unknown): RowTarget {
  if (typeof argument !== 'object' || argument === null) return {};
  if ('row' in argument) return targetOf((argument.row as { target?: unknown } | undefined)?.target);
  if ('scheme' in argument && argument.scheme === pageScheme && 'path' in argument) return targetOfPage(String(argument.path));
  const given = argument as { readonly [K in (typeof parts)[number]]?: unknown };
  return Object.fromEntries(parts.flatMap((part) => (typeof given[part] === 'string' ? [[part, given[part]]] : [])));
}

function targetOfPage(path: string): RowTarget {
  const key = parsePagePath(path);
  return key === undefined ? {} : { taskId: key.id };
}
