import type { Board } from '../../client/board.ts';
import type { Attachment, Message, Request } from '../../protocol/model.ts';
import type { Thread } from '../../protocol/operations.ts';
import { agentName, authorName, workspaceName } from '../text/displayNames.ts';
import { escapeBlock, escapeLine } from '../text/escapeMarkdown.ts';
import type { L10n } from '../text/l10n.ts';
import { requestHeading } from '../text/requestTitle.ts';
import { decisionSentence, deliveryText, requestStatusText, statusNote, taskStatusText } from '../text/statusText.ts';
import { visibleLine } from '../text/visibleText.ts';
import { renderPermission, renderQuestions } from './renderRequest.ts';

/** What a page needs in addition to the thread. */
export interface PageContext {
  /** The source of the names of agents and workspaces. */
  board: Board;
  /** Formats an RFC 3339 time for display. */
  formatTime(time: string): string;
  l10n: L10n;
}

type Entry = { at: string; id: string; text: string };

/** The Markdown page of a task: its facts, its thread by time, and how to answer. All text in it is literal. */
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
    taskStatusText(task, l10n),
    workspaceName(board, task.workspaceId),
    task.assignee === 'human' ? l10n.t('you') : nameOf(task.agentId, context),
    context.formatTime(task.createdAt),
  );
  const open = thread.requests.some((request) => request.status === 'open');
  return page([
    `# ${escapeLine(task.title)}`,
    escapeLine(facts),
    task.body.trim() === '' ? '' : escapeBlock(task.body),
    ...fileLines(task.attachments, l10n),
    `## ${l10n.t('Thread')}`,
    entries.length === 0 ? l10n.t('No messages yet.') : '',
    ...entries.map((entry) => entry.text),
    '---',
    howToAnswer(open, l10n),
  ]);
}

/** A page with one sentence, for what can't be shown. */
export function renderNotice(sentence: string): string {
  return page([escapeLine(sentence)]);
}

function renderMessage(message: Message, context: PageContext): string {
  const { l10n, formatTime } = context;
  const who =
    message.sender === 'human'
      ? l10n.t('You')
      : authorName(message.agentId === undefined ? undefined : context.board.agents.get(message.agentId), l10n);
  const time = formatTime(message.createdAt);
  if (message.kind === 'status') return `${escapeLine(who)} · ${time}: ${escapeLine(statusNote(message, l10n))}`;
  const delivery = message.delivery === undefined ? '' : ` · ${deliveryText(message.delivery, l10n)}`;
  return [
    `### ${escapeLine(who)} · ${time}${delivery}`,
    ...(message.text === '' ? [] : [escapeBlock(message.text)]),
    ...fileLines(message.attachments, l10n),
  ].join('\n\n');
}

function renderRequest(request: Request, withAnswer: boolean, context: PageContext): string {
  const { l10n, formatTime } = context;
  const who = requestHeading(request, nameOf(request.agentId, context), l10n);
  const parts = [
    `### ${escapeLine(who)} · ${formatTime(request.createdAt)} · ${requestStatusText(request, l10n)}`,
    ...whatIsAsked(request, l10n),
  ];
  if (request.choices.length > 0 && request.dialog === undefined) {
    parts.push(request.multiple ? l10n.t('Choose one or more:') : l10n.t('Choices:'), choiceBlock(request.choices));
  }
  const { answer } = request;
  if (answer !== undefined) {
    if (answer.ruleIds !== undefined) parts.push(l10n.t('Allowed by a rule of yours, {0}.', formatTime(answer.at)));
    else parts.push(decisionSentence(answer.decision, formatTime(answer.at), l10n));
    if (answer.choices !== undefined && answer.choices.length > 0) parts.push(choiceBlock(answer.choices));
    // If the answer is in the thread as a message, its text is shown there.
    if (withAnswer && answer.text !== undefined && answer.text !== '') parts.push(escapeBlock(answer.text));
    if (answer.note !== undefined && answer.note !== '') parts.push(escapeBlock(answer.note));
  }
  return parts.join('\n\n');
}

function whatIsAsked({ permission, dialog, question }: Request, l10n: L10n): string[] {
  if (permission !== undefined) return renderPermission(permission, l10n);
  return dialog?.kind === 'questions' ? renderQuestions(dialog.questions, l10n) : [escapeBlock(question)];
}

/** The names of attachments. They are shown and saved in the panel. */
function fileLines(attachments: readonly Attachment[] = [], l10n: L10n): string[] {
  return attachments.map(({ name }) => escapeLine(l10n.t('File: {0}', name)));
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
  return escapeBlock(choices.map((choice) => `• ${visibleLine(choice)}`).join('\n'));
}

function page(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
