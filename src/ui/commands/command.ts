import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { AnswerFlow } from '../answerFlow.ts';
import type { L10n } from '../l10n.ts';
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
  answers: AnswerFlow;
  replies: ReplyFlow;
  workspaceIds(): readonly string[];
  randomId(): string;
  copy(text: string): Promise<void>;
  startPractice(workspaceId: string): Promise<void>;
  /** The editor takes MCP servers from extensions. */
  editorHasMcp: boolean;
  l10n: L10n;
}

/** A command, given what it was called with: a row of a tree, or a target, or nothing. Its failures are shown by who calls it. */
export type Command = (argument: unknown) => Promise<void>;

/** What a row, or the argument of a programmatic call (`{ taskId }`, `{ requestId }`), stands for. */
export function targetOf(argument: unknown): RowTarget {
  if (typeof argument !== 'object' || argument === null) return {};
  if ('row' in argument) return targetOf((argument.row as { target?: unknown } | undefined)?.target);
  const taskId = 'taskId' in argument && typeof argument.taskId === 'string' ? argument.taskId : undefined;
  const requestId = 'requestId' in argument && typeof argument.requestId === 'string' ? argument.requestId : undefined;
  return { ...(taskId === undefined ? {} : { taskId }), ...(requestId === undefined ? {} : { requestId }) };
}
