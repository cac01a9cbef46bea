import type { Board } from '../client/board.ts';
import { byId } from '../client/byId.ts';
import { openRequests } from '../client/needs.ts';
import type { Request, RequestKind } from '../protocol/model.ts';
import { agoWords, durationWords } from './ageWords.ts';
import { agentName, joinParts, taskTitle, workspaceHint } from './boardNames.ts';
import { commandIds } from './ids.ts';
import type { L10n } from './l10n.ts';
import type { Row } from './row.ts';
import { shorten } from './shorten.ts';
import { firstVisibleLine, visibleLine, visibleText } from './visibleText.ts';

const labelLength = 120;
const tooltipLength = 4_000;

const icons: { readonly [K in RequestKind]: string } = { question: 'question', permission: 'shield', review: 'eye' };

/** The rows of *Needs You*: what waits for the person, then what is answered and waits for its agent. `now` in ms since 1970. */
export function needsYouRows(board: Board, now: number, l10n: L10n): Row[] {
  const answered = [...board.requests.values()].filter((request) => request.status === 'answered').toSorted(byId);
  return [
    ...openRequests(board).map((request) => openRow(board, request, now, l10n)),
    ...answered.map((request) => answeredRow(board, request, now, l10n)),
  ];
}

function openRow(board: Board, request: Request, now: number, l10n: L10n): Row {
  const { question, agent, task } = describe(board, request, l10n);
  const waiting = durationWords(now - Date.parse(request.createdAt), l10n);
  return {
    ...common(board, request, l10n),
    description: joinParts([agent, task, workspaceHint(board, request.workspaceId), waiting]),
    icon: icons[request.kind],
    color: 'notificationsInfoIcon.foreground',
    contextValue: `request:open:${request.kind}`,
    accessibilityLabel: l10n.t(
      'Needs your answer: {0} {1} asks in {2}, {3}.',
      sentence(question),
      agent,
      task,
      agoWords(request.createdAt, now, l10n),
    ),
    click: commandIds.answerRequest,
  };
}

function answeredRow(board: Board, request: Request, now: number, l10n: L10n): Row {
  const { question, agent, task } = describe(board, request, l10n);
  const at = request.answer?.at ?? request.updatedAt;
  return {
    ...common(board, request, l10n),
    description: joinParts([l10n.t('answered, waiting for the agent'), agent, workspaceHint(board, request.workspaceId)]),
    icon: 'check',
    contextValue: `request:answered:${request.kind}`,
    accessibilityLabel: l10n.t(
      'Answered {0}, waiting for {1} to fetch it: {2} Task: {3}.',
      agoWords(at, now, l10n),
      agent,
      sentence(question),
      task,
    ),
    click: commandIds.openRequest,
  };
}

function common(board: Board, request: Request, l10n: L10n): Pick<Row, 'id' | 'label' | 'tooltip' | 'target'> {
  const { question, agent, task } = describe(board, request, l10n);
  const whole = visibleText(shorten(request.question, tooltipLength));
  const choices = request.choices.map((choice) => `• ${visibleLine(choice)}`);
  const from = joinParts([agent, task, workspaceHint(board, request.workspaceId)]);
  return {
    id: `request:${request.id}`,
    label: shorten(question, labelLength),
    tooltip: [whole, choices.join('\n'), from].filter((part) => part !== '').join('\n\n'),
    target: { requestId: request.id, ...(request.taskId === undefined ? {} : { taskId: request.taskId }) },
  };
}

function describe(board: Board, request: Request, l10n: L10n): { question: string; agent: string; task: string } {
  return {
    question: firstVisibleLine(request.question) || l10n.t('a question without words'),
    agent: agentName(request.agentId === undefined ? undefined : board.agents.get(request.agentId), l10n),
    task: taskTitle(request.taskId === undefined ? undefined : board.tasks.get(request.taskId), l10n),
  };
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
