import { pageScheme } from './ids.ts';
import { parsePagePath } from './pagePath.ts';
import type { RowTarget } from './row.ts';

/** What a row, the address of a page, or the argument of a programmatic call (`{ taskId }`, `{ requestId }`) stands for. */
export function targetOf(argument: unknown): RowTarget {
  if (typeof argument !== 'object' || argument === null) return {};
  if ('row' in argument) return targetOf((argument.row as { target?: unknown } | undefined)?.target);
  if ('scheme' in argument && argument.scheme === pageScheme && 'path' in argument) return targetOfPage(String(argument.path));
  const taskId = 'taskId' in argument && typeof argument.taskId === 'string' ? argument.taskId : undefined;
  const requestId = 'requestId' in argument && typeof argument.requestId === 'string' ? argument.requestId : undefined;
  const group = 'group' in argument && typeof argument.group === 'string' ? argument.group : undefined;
  return { ...(taskId !== undefined && { taskId }), ...(requestId !== undefined && { requestId }), ...(group !== undefined && { group }) };
}

function targetOfPage(path: string): RowTarget {
  const key = parsePagePath(path);
  if (key === undefined) return {};
  return key.kind === 'task' ? { taskId: key.id } : { requestId: key.id };
}
