import type { Board } from '../client/board.ts';
import { openRequests } from '../client/needs.ts';
import { taskGroups } from '../client/taskGroups.ts';
import type { Request, Task, TaskStatus } from '../protocol/model.ts';
import { agentName, joinParts, taskTitle, workspaceHint } from './boardNames.ts';
import { commandIds } from './ids.ts';
import type { L10n } from './l10n.ts';
import type { Row } from './row.ts';
import { shorten } from './shorten.ts';
import { statusOrder, statusWord } from './statusWords.ts';
import { firstVisibleLine, visibleText } from './visibleText.ts';

const icons: { readonly [S in TaskStatus]: string } = {
  ongoing: 'play-circle',
  blocked: 'debug-pause',
  notstarted: 'circle-large-outline',
  completed: 'pass',
  rejected: 'circle-slash',
  cron: 'watch',
};

const folded: ReadonlySet<TaskStatus> = new Set(['completed', 'rejected', 'cron']);

/** The rows of *Tasks*: a group for each status that has tasks, and in it the newest need first. */
export function taskRows(board: Board, l10n: L10n): Row[] {
  // The newest need of a task stands for it.
  const needs = new Map(openRequests(board).map((request) => [request.taskId, request]));
  const groups = taskGroups(board);
  return statusOrder
    .filter((status) => groups[status].length > 0)
    .map((status) => ({
      id: `group:${status}`,
      label: statusWord(status, l10n),
      description: String(groups[status].length),
      contextValue: `group:${status}`,
      accessibilityLabel: l10n.t('{0}, number of tasks: {1}.', statusWord(status, l10n), groups[status].length),
      folded: folded.has(status),
      children: groups[status].map((task) => taskRow(board, task, needs.get(task.id), l10n)),
    }));
}

function taskRow(board: Board, task: Task, need: Request | undefined, l10n: L10n): Row {
  const title = taskTitle(task, l10n);
  const status = statusWord(task.status, l10n);
  const agent = task.agentId === undefined ? undefined : agentName(board.agents.get(task.agentId), l10n);
  const workspace = workspaceHint(board, task.workspaceId);
  const question = need === undefined ? undefined : shorten(firstVisibleLine(need.question), 80);
  const mine = task.assignee === 'human' ? l10n.t('for you') : undefined;
  const about = joinParts([status, mine ?? agent, workspace]);
  return {
    id: `task:${task.id}`,
    label: title,
    description: joinParts([question === undefined ? (mine ?? agent) : l10n.t('asks: {0}', question), workspace]),
    tooltip: [title, visibleText(shorten(task.body, 600)), about].filter((part) => part !== '').join('\n\n'),
    icon: icons[task.status],
    contextValue: ['task', task.status, ...(need === undefined ? [] : ['needs'])].join(':'),
    accessibilityLabel:
      question === undefined
        ? l10n.t('{0}: task {1}.', joinParts([status, mine ?? agent]), title)
        : l10n.t('Needs your answer: {0} Task {1}, {2}.', question, title, status),
    click: commandIds.openTask,
    target: { taskId: task.id, ...(need === undefined ? {} : { requestId: need.id }) },
  };
}
