import type { Board } from '../../client/board.ts';
import type { Attachment, Message, Request } from '../../protocol/model.ts';
import type { Thread } from '../../protocol/operations.ts';
import { agentName, authorName, taskTitle, workspaceName } from '../text/displayNames.ts';
import { literalBlock, literalLine } from '../text/escapeMarkdown.ts';
import type { L10n } from '../text/l10n.ts';
import { requestHeading } from '../text/requestTitle.ts';
import { decisionSentence, deliveryWords, requestWords, statusNote, taskStatusWords } from '../text/statusText.ts';
import { visibleLine } from '../text/visibleText.ts';
import { renderQuestions } from './renderDialog.ts';
import { renderPermission } from './renderPermission.ts';

/** What a page needs besides the thread. */
export interface PageContext {
  /** For the names of agents and workspaces. */
  board: Board;
  /** An RFC 3339 time as the person reads it. */
  formatTime(time: string): string;
  l10n: L10n;
}

type Entry = { at: string; id: string; text: string };

/** The page of a task: what it is, its thread in the order of time, and how to answer. Markdown in which all text is literal. */
export function renderTask(thread: Thread, context: PageContext): string {
  const { l10n, board } = context;
  const { task } = thread;
  const carried = new Set(thread.messages.map((message) => message.requestId));
  const entries: Entry[] = [
    ...thread.messages.map((message) => ({ at: message.createdAt, id: message.id, text: renderMessage(message, context) })),
    ...thread.requests.map((request) => ({
      at: request.createdAt,
      id: request.id,
      text: renderRequest(request, !carried.has(request.id), context),
    })),
  ].toSorted((left, right) => compare(left.at, right.at) || compare(left.id, right.id));
  const facts = l10n.t(
    '{0} · workspace {1} · assigned to {2} · created {3}',
    taskStatusWords(task, l10n),
    workspaceName(board, task.workspaceId),
    task.assignee === 'human' ? l10n.t('you') : nameOf(task.agentId, context),
    context.formatTime(task.createdAt),
  );
  const open = thread.requests.some((request) => request.status === 'open');
  return page([
    `# ${literalLine(task.title)}`,
    literalLine(facts),
    task.body.trim() === '' ? '' : literalBlock(task.body),
    ...fileLines(task.attachments, l10n),
    `## ${l10n.t('Thread')}`,
    entries.length === 0 ? l10n.t('Nothing has been said yet.') : '',
    ...entries.map((entry) => entry.text),
    '---',
    howToAnswer(open, l10n),
  ]);
}

/** The page of a request by itself. */
export function renderLoneRequest(request: Request, context: PageContext): string {
  const { l10n, board } = context;
  const task = request.taskId === undefined ? undefined : board.tasks.get(request.taskId);
  return page([
    `# ${literalLine(requestHeading(request, nameOf(request.agentId, context), l10n))}`,
    literalLine(l10n.t('Workspace {0} · {1}', workspaceName(board, request.workspaceId), taskTitle(task, l10n))),
    renderRequest(request, true, context),
    request.kind === 'task' && task !== undefined && task.body.trim() !== '' ? literalBlock(task.body) : '',
    '---',
    howToAnswer(request.status === 'open', l10n),
  ]);
}

/** A page that only says something, for what can't be shown. */
export function renderNotice(sentence: string): string {
  return page([literalLine(sentence)]);
}

function renderMessage(message: Message, context: PageContext): string {
  const { l10n, formatTime } = context;
  const who =
    message.sender === 'human'
      ? l10n.t('You')
      : authorName(message.agentId === undefined ? undefined : context.board.agents.get(message.agentId), l10n);
  const time = formatTime(message.createdAt);
  if (message.kind === 'status') return `${literalLine(who)} · ${time}: ${literalLine(statusNote(message, l10n))}`;
  const delivery = message.delivery === undefined ? '' : ` · ${deliveryWords(message.delivery, l10n)}`;
  return [
    `### ${literalLine(who)} · ${time}${delivery}`,
    ...(message.text === '' ? [] : [literalBlock(message.text)]),
    ...fileLines(message.attachments, l10n),
  ].join('\n\n');
}

function renderRequest(request: Request, withAnswer: boolean, context: PageContext): string {
  const { l10n, formatTime } = context;
  const who = requestHeading(request, nameOf(request.agentId, context), l10n);
  const parts = [
    `### ${literalLine(who)} · ${formatTime(request.createdAt)} · ${requestWords(request, l10n)}`,
    ...whatIsAsked(request, l10n),
  ];
  if (request.choices.length > 0 && request.dialog === undefined) {
    parts.push(request.multiple ? l10n.t('Choices, one or more of them:') : l10n.t('Choices:'), choiceBlock(request.choices));
  }
  const { answer } = request;
  if (answer !== undefined) {
    if (answer.ruleIds !== undefined) parts.push(l10n.t('Allowed by a rule of yours, {0}.', formatTime(answer.at)));
    else parts.push(decisionSentence(answer.decision, formatTime(answer.at), l10n));
    if (answer.choices !== undefined && answer.choices.length > 0) parts.push(choiceBlock(answer.choices));
    // A reply in the thread already shows the words.
    if (withAnswer && answer.text !== undefined && answer.text !== '') parts.push(literalBlock(answer.text));
    if (answer.note !== undefined && answer.note !== '') parts.push(literalBlock(answer.note));
  }
  return parts.join('\n\n');
}

function whatIsAsked({ permission, dialog, question }: Request, l10n: L10n): string[] {
  if (permission !== undefined) return renderPermission(permission, l10n);
  return dialog?.kind === 'questions' ? renderQuestions(dialog.questions, l10n) : [literalBlock(question)];
}

/** Files are saved and shown in the panel; here stand their names. */
function fileLines(attachments: readonly Attachment[] = [], l10n: L10n): string[] {
  return attachments.map(({ name }) => literalLine(l10n.t('File: {0}', name)));
}

function howToAnswer(open: boolean, l10n: L10n): string {
  return open
    ? l10n.t('To answer, run “AgentRQ: Answer Next Request” from the Command Palette, or click the question in Needs You.')
    : l10n.t('To write to the agent, run “AgentRQ: Reply to Task…” from the Command Palette.');
}

function nameOf(agentId: string | undefined, { board, l10n }: PageContext): string {
  return agentName(agentId === undefined ? undefined : board.agents.get(agentId), l10n);
}

function choiceBlock(choices: readonly string[]): string {
  return literalBlock(choices.map((choice) => `• ${visibleLine(choice)}`).join('\n'));
}

function page(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
