import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import { pageScheme } from '../ids.ts';
import type { L10n } from '../l10n.ts';
import type { Answering } from '../loadAnswering.ts';
import type { Connect } from '../loadConnect.ts';
import type { Send } from '../loadSend.ts';
import type { Tasks } from '../loadTasks.ts';
import { parsePagePath } from '../pagePath.ts';
import type { Pages } from '../pages.ts';
import type { Prompts } from '../prompts.ts';
import type { ReplyFlow } from '../replyFlow.ts';
import type { RowTarget } from '../row.ts';

/** What commands work with. */
export interface CommandDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  pages: Pages;
  answers: Answering;
  replies: ReplyFlow;
  workspaceIds(): readonly string[];
  randomId(): string;
  copy(text: string): Promise<void>;
  startPractice(workspaceId: string): Promise<void>;
  /** Loads what connects agents. */
  connect(): Promise<Connect>;
  /** Loads what makes tasks. */
  send(): Promise<Send>;
  /** Loads what changes and arranges tasks. */
  tasks(): Promise<Tasks>;
  l10n: L10n;
}

/**
 * A command, given what it was called with: a row of a tree, or a target, or nothing; some menus hand over more than one thing. Its
 * failures are shown by who calls it.
 */
export type Command = (argument: unknown, ...more: readonly unknown[]) => Promise<void>;

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
