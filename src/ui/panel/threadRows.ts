import { inOrderOfNeed, isWaiting } from '../../client/needs.ts';
import type { Thread } from '../../client/thread.ts';
import type { Attachment, Message, Request, Task } from '../../protocol/model.ts';
import type { FileRow, PanelHeader, Row } from '../../protocol/toPanelPage.ts';
import { type CardContext, cardOf } from '../card/cardOf.ts';
import { agentName, joinParts, workspaceName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { plainLine } from '../text/plainMarkdown.ts';
import { absenceText, hearsOf, hearsText } from '../text/presenceText.ts';
import { elsewhereSentence, requestHeading, requestSentence, requestTitle } from '../text/requestTitle.ts';
import { deliveryText, isStoppable, requestStatusText, statusNote, taskStatusText } from '../text/statusText.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine, visibleText } from '../text/visibleText.ts';
import { taskContextValue } from '../tree/taskRow.ts';
import { kindOf } from './fileKinds.ts';

/** Makes the rows of a thread by time: messages and requests. */
export type RowMaker = (thread: Thread, context: CardContext) => Row[];

/** Makes rows, and reuses the row object of what has not changed. */
export function createRowMaker(): RowMaker {
  const made = new WeakMap<Task | Message | Request, { agent: string; row: Row }>();
  return ({ task, messages, requests }, context) => {
    function rowOf<T extends Message | Request | Task>(thing: T, make: (thing: T, agent: string, context: CardContext) => Row): Row {
      const agent = nameOf(thing.agentId, context);
      const known = made.get(thing);
      // What an answer does depends on how its agent is there at this moment.
      if (known?.agent === agent && known.row.card?.open !== true) return known.row;
      const row = make(thing, agent, context);
      made.set(thing, { agent, row });
      return row;
    }
    const rows = [
      ...(task === undefined || (task.body.trim() === '' && task.attachments === undefined) ? [] : [rowOf(task, bodyRow)]),
      ...[...messages.values()].map((message) => rowOf(message, messageRow)),
      ...[...requests.values()].map((request) => rowOf(request, requestRow)),
    ];
    return rows.toSorted(inOrder);
  };
}

/** The order of rows. */
function inOrder(left: Pick<Row, 'at' | 'id'>, right: Pick<Row, 'at' | 'id'>): number {
  if (left.at !== right.at) return left.at < right.at ? -1 : 1;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}

/** The title of the tab. */
export function tabTitle({ title }: Pick<Task, 'title'>, l10n: L10n): string {
  return truncate(plainLine(title), 40) || l10n.t('Task');
}

/** The header above the thread. @param newSince what others wrote after that time is new to the user */
export function panelHeader(task: Task, thread: Thread, context: CardContext, newSince?: string): PanelHeader {
  const { board, l10n } = context;
  const agent = task.agentId === undefined ? undefined : board.agents.get(task.agentId);
  const open = inOrderOfNeed(board, thread.requests.values());
  const [first] = open;
  const waits = first === undefined ? undefined : requestSentence(first, nameOf(first.agentId, context), 120, l10n);
  const elsewhere = agent !== undefined && isWaiting(agent) ? elsewhereSentence(agent, 120, l10n) : undefined;
  const sentence = waits ?? elsewhere;
  return {
    title: plainLine(task.title) || l10n.t('no task'),
    status: taskStatusText(task, l10n),
    context: taskContextValue(task, first !== undefined),
    ...(isStoppable(task) && { stoppable: true }),
    facts: joinParts([
      task.assignee === 'human' ? l10n.t('assigned to you') : nameOf(task.agentId, context),
      absenceText(board, task.agentId, context.now, l10n),
      task.assignee === 'agent' ? hearsText(hearsOf(board, task.agentId), l10n) : '',
      l10n.t('workspace {0}', workspaceName(board, task.workspaceId)),
      l10n.t('created {0}', context.formatTime(task.createdAt)),
    ]),
    ...(sentence !== undefined && { waits: sentence }),
    open: open.map(({ id }) => id),
    ...(newSince !== undefined && { newSince }),
  };
}

function bodyRow(task: Task, agent: string, context: CardContext): Row {
  const { l10n } = context;
  const own = task.createdBy === 'human';
  return {
    id: task.id,
    at: task.createdAt,
    kind: 'body',
    own,
    who: own ? l10n.t('You') : agent,
    time: context.formatTime(task.createdAt),
    state: '',
    text: visibleText(task.body).trim(),
    files: filesOf(task.attachments),
  };
}

function messageRow(message: Message, agent: string, context: CardContext): Row {
  const { l10n } = context;
  const own = message.sender === 'human';
  return {
    id: message.id,
    at: message.createdAt,
    kind: message.kind === 'status' ? 'status' : 'message',
    own,
    who: own ? l10n.t('You') : agent,
    time: context.formatTime(message.createdAt),
    state: message.delivery === undefined ? '' : deliveryText(message.delivery, context.l10n),
    text: message.kind === 'status' ? visibleLine(statusNote(message, context.l10n)) : visibleText(message.text),
    files: filesOf(message.attachments),
  };
}

function requestRow(request: Request, agent: string, context: CardContext): Row {
  const { l10n } = context;
  const { permission } = request;
  return {
    id: request.id,
    at: request.createdAt,
    kind: 'request',
    own: false,
    who: requestHeading(request, agent, l10n),
    time: context.formatTime(request.createdAt),
    state: requestStatusText(request, l10n),
    text: permission === undefined ? visibleText(request.question) : requestTitle(request, l10n),
    files: [],
    card: cardOf(request, context),
  };
}

function filesOf(attachments: readonly Attachment[] = []): FileRow[] {
  return attachments.map((file) => ({ attachmentId: file.id, name: visibleLine(file.name), size: file.size, kind: kindOf(file) }));
}

function nameOf(agentId: string | undefined, { board, l10n }: CardContext): string {
  return agentName(agentId === undefined ? undefined : board.agents.get(agentId), l10n);
}

/** The rows that were changed and removed between `before` and `after`. */
export function rowsBetween(before: readonly Row[], after: readonly Row[]): { rows: Row[]; removed: string[] } {
  const shown = new Map(before.map((row) => [row.id, row]));
  const rows = after.filter((row) => !isSame(shown.get(row.id), row));
  const kept = new Set(after.map(({ id }) => id));
  return { rows, removed: before.flatMap(({ id }) => (kept.has(id) ? [] : [id])) };
}

function isSame(shown: Row | undefined, row: Row): boolean {
  // Rows are plain data made by one function, so their JSON is comparable.
  return shown === row || (shown !== undefined && JSON.stringify(shown) === JSON.stringify(row));
}
