import type { Board } from '../../client/board.ts';
import { requestsByNeed } from '../../client/needs.ts';
import type { Agent, Request, Task, TaskStatus } from '../../protocol/model.ts';
import { commandIds } from '../ids.ts';
import { agentName, joinParts, taskTitle, workspaceHint } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { requestIcons, requestTitle } from '../text/requestTitle.ts';
import { isStoppable, statusText, stopText } from '../text/statusText.ts';
import { truncate } from '../text/truncate.ts';
import type { Row } from './row.ts';

/** How the view groups tasks. */
export type TaskGrouping = 'status' | 'agent' | 'workspace';

const icons: { readonly [S in TaskStatus]: string } = {
  ongoing: 'play-circle',
  blocked: 'debug-pause',
  notstarted: 'circle-large-outline',
  completed: 'pass',
  rejected: 'circle-slash',
  cron: 'watch',
};

/** The data of a row: while none of it changes, the row is reused. */
interface RowInputs {
  task: Task;
  /** The open request of the task that comes first by need. */
  need: Request | undefined;
  /** The newest request of the task whose answer is on its way. */
  answered: Request | undefined;
  agent: Agent | undefined;
  workspace: string | undefined;
  group: TaskGrouping;
}

/** The data that the rows of all tasks share. */
interface RowContext {
  board: Board;
  needs: ReadonlyMap<string | undefined, Request>;
  answers: ReadonlyMap<string | undefined, Request>;
  group: TaskGrouping;
}

export function rowContext(board: Board, group: TaskGrouping): RowContext {
  // The request that comes first by need represents its task.
  const needs = new Map(
    requestsByNeed(board)
      .map((request) => [request.taskId, request] as const)
      .toReversed(),
  );
  return { board, needs, answers: newestAnswers(board), group };
}

/** The newest answered request of each task that its agent has not acted on. */
function newestAnswers(board: Board): ReadonlyMap<string | undefined, Request> {
  const own = [...board.requests.values()].filter(({ answer }) => answer !== undefined && answer.ruleIds === undefined);
  return new Map(own.toSorted((left, right) => answeredAt(left) - answeredAt(right)).map((request) => [request.taskId, request]));
}

function answeredAt({ answer, updatedAt }: Request): number {
  return Date.parse(answer?.at ?? updatedAt);
}

/** Makes rows of tasks, and reuses a row while its data is unchanged. */
export function createRowMaker(l10n: L10n): (task: Task, context: RowContext) => Row {
  const made = new WeakMap<Task, { of: RowInputs; row: Row }>();
  return (task, { board, needs, answers, group }) => {
    const inputs: RowInputs = {
      task,
      need: needs.get(task.id),
      answered: answers.get(task.id),
      agent: task.agentId === undefined ? undefined : board.agents.get(task.agentId),
      workspace: workspaceHint(board, task.workspaceId),
      group,
    };
    const known = made.get(task);
    if (known !== undefined && isSame(known.of, inputs)) return known.row;
    const row = taskRow(inputs, l10n);
    made.set(task, { of: inputs, row });
    return row;
  };
}

function isSame(left: RowInputs, right: RowInputs): boolean {
  return (
    left.need === right.need &&
    left.answered === right.answered &&
    left.workspace === right.workspace &&
    left.group === right.group &&
    // Other properties of agents change all the time.
    (left.agent === right.agent || (left.agent?.name === right.agent?.name && left.agent?.title === right.agent?.title))
  );
}

/** The id of the row of a task in every tree. */
export function taskRowId(taskId: string): string {
  return `task:${taskId}`;
}

/** What the conditions of menus know of a task. */
export function taskContextValue(task: Task, needsUser: boolean): string {
  return [
    'task',
    task.status,
    ...(isStoppable(task) ? ['works'] : []),
    ...(task.archivedAt === undefined ? [] : ['archived']),
    ...(needsUser ? ['needs'] : []),
  ].join(':');
}

function taskRow({ task, need, answered, agent, workspace, group }: RowInputs, l10n: L10n): Row {
  const title = taskTitle(task, l10n);
  const status = statusText(task.status, l10n);
  const mine = task.assignee === 'human' ? l10n.t('for you') : undefined;
  const who = mine ?? (agent === undefined ? undefined : agentName(agent, l10n));
  const progress = answered === undefined ? undefined : answerProgress(answered, l10n);
  const archived = task.archivedAt === undefined ? undefined : l10n.t('archived');
  const stopped = task.stop === undefined ? undefined : stopText(task.stop, l10n);
  const shown = need === undefined ? joinParts([stopped, progress, group === 'agent' ? undefined : who]) : needText(need, l10n);
  return {
    id: taskRowId(task.id),
    label: title,
    description: joinParts([archived, shown, group === 'workspace' ? undefined : workspace]),
    icon: need === undefined ? icons[task.status] : requestIcons[need.kind],
    ...(need !== undefined && { color: 'notificationsInfoIcon.foreground' }),
    contextValue: taskContextValue(task, need !== undefined),
    accessibilityLabel: joinSentences([
      need === undefined ? '' : needSentence(need, l10n),
      l10n.t(
        'Task {0}, {1}.',
        title,
        [status, stopped, archived, who, progress, workspace].filter((part) => part !== undefined).join(', '),
      ),
    ]),
    ...needsOf(need, progress, l10n),
    click: commandIds.openTask,
    target: { taskId: task.id, ...(need === undefined ? {} : { requestId: need.id }) },
  };
}

function needsOf(need: Request | undefined, progress: string | undefined, l10n: L10n): Pick<Row, 'needs'> {
  if (need !== undefined) {
    return { needs: { kind: need.kind, words: truncate(requestTitle(need, l10n), 80) } };
  }
  return progress === undefined ? {} : { needs: { kind: 'answer', words: progress } };
}

function needText(need: Request, l10n: L10n): string {
  if (need.kind === 'task') return l10n.t('for you');
  const line = truncate(requestTitle(need, l10n), 80);
  if (need.kind === 'permission') return line;
  return need.kind === 'review' ? l10n.t('asks for a review: {0}', line) : l10n.t('asks: {0}', line);
}

function needSentence(need: Request, l10n: L10n): string {
  if (need.kind === 'task') return l10n.t('Waits for you to do it.');
  const line = truncate(requestTitle(need, l10n), 80);
  const whole = /[.!?…]$/.test(line) ? line : `${line}.`;
  return need.kind === 'question' ? l10n.t('Needs your answer: {0}', whole) : l10n.t('Needs your decision: {0}', whole);
}

function answerProgress({ status, handedOver }: Request, l10n: L10n): string {
  if (status === 'delivered') return l10n.t('answer delivered');
  return handedOver === true ? l10n.t('answer sent') : l10n.t('answer not read yet');
}

function joinSentences(sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
