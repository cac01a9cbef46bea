import type { Board } from '../client/board.ts';
import { openRequests } from '../client/needs.ts';
import { taskGroups } from '../client/taskGroups.ts';
import type { Request, Task, TaskStatus } from '../protocol/model.ts';
import { agentName, joinParts, taskTitle, workspaceHint } from './boardNames.ts';
import { commandIds } from './ids.ts';
import type { L10n } from './l10n.ts';
import { requestLine } from './requestLine.ts';
import type { Row } from './row.ts';
import { shorten } from './shorten.ts';
import { statusOrder, statusWord } from './statusWords.ts';
import { visibleText } from './visibleText.ts';

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
  const answers = newestAnswers(board);
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
      children: groups[status].map((task) => taskRow(board, task, { need: needs.get(task.id), answered: answers.get(task.id) }, l10n)),
    }));
}

/** The newest answer of each task that its agent has not acted on. */
function newestAnswers(board: Board): ReadonlyMap<string | undefined, Request> {
  const own = [...board.requests.values()].filter(({ answer }) => answer !== undefined && answer.ruleIds === undefined);
  return new Map(own.toSorted((left, right) => answeredAt(left) - answeredAt(right)).map((request) => [request.taskId, request]));
}

function answeredAt({ answer, updatedAt }: Request): number {
  return Date.parse(answer?.at ?? updatedAt);
}

function taskRow(
  board: Board,
  task: Task,
  { need, answered }: { need: Request | undefined; answered: Request | undefined },
  l10n: L10n,
): Row {
  const title = taskTitle(task, l10n);
  const status = statusWord(task.status, l10n);
  const agent = task.agentId === undefined ? undefined : agentName(board.agents.get(task.agentId), l10n);
  const workspace = workspaceHint(board, task.workspaceId);
  const mine = task.assignee === 'human' ? l10n.t('for you') : undefined;
  const far = answered === undefined ? undefined : answerWords(answered, l10n);
  const who = joinParts([far, mine ?? agent]);
  return {
    id: `task:${task.id}`,
    label: title,
    description: joinParts([need === undefined ? who : needWords(need, l10n), workspace]),
    tooltip: [title, visibleText(shorten(task.body, 600)), joinParts([status, who, workspace])].filter((part) => part !== '').join('\n\n'),
    icon: icons[task.status],
    contextValue: ['task', task.status, ...(need === undefined ? [] : ['needs'])].join(':'),
    accessibilityLabel:
      need === undefined ? l10n.t('{0}: task {1}.', joinParts([status, who]), title) : needSentence(need, title, status, l10n),
    click: commandIds.openTask,
    target: { taskId: task.id, ...(need === undefined ? {} : { requestId: need.id }) },
  };
}

function needWords(need: Request, l10n: L10n): string {
  const line = shorten(requestLine(need, l10n), 80);
  return need.kind === 'permission' ? l10n.t('wants to use {0}', line) : l10n.t('asks: {0}', line);
}

function needSentence(need: Request, title: string, status: string, l10n: L10n): string {
  const line = shorten(requestLine(need, l10n), 80);
  return need.kind === 'permission'
    ? l10n.t('Needs your decision: {0} Task {1}, {2}.', line, title, status)
    : l10n.t('Needs your answer: {0} Task {1}, {2}.', line, title, status);
}

function answerWords({ status, handedOver }: Request, l10n: L10n): string {
  if (status === 'delivered') return l10n.t('answer delivered');
  return handedOver === true ? l10n.t('answer handed over') : l10n.t('answer waiting for the agent');
}
