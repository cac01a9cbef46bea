import type { Board } from '../../client/board.ts';
import { agentsWaitingElsewhere, answersUnderWay, requestsByNeed, type WaitingAgent } from '../../client/needs.ts';
import type { Permission, Request } from '../../protocol/model.ts';
import { commandIds } from '../ids.ts';
import { agentName, joinParts, taskTitle, workspaceHint } from '../text/displayNames.ts';
import { formatDuration } from '../text/formatAge.ts';
import type { L10n } from '../text/l10n.ts';
import { answeredLabel, elsewhereLabel, elsewhereTitle, openLabel } from '../text/needLabels.ts';
import { besideInput, describeInput } from '../text/permissionText.ts';
import { placeName } from '../text/placeName.ts';
import { plainText, withoutMarks } from '../text/plainMarkdown.ts';
import { absenceText, isGone } from '../text/presenceText.ts';
import { requestIcons, requestTitle } from '../text/requestTitle.ts';
import { requestStatusText } from '../text/statusText.ts';
import { truncate } from '../text/truncate.ts';
import { firstVisibleLine, visibleLine, visibleText } from '../text/visibleText.ts';
import type { Row } from '../tree/row.ts';

const labelLength = 120;
const tooltipLength = 4_000;

/**
 * The rows of *Needs You*: open requests, then agents that wait in their own window, then answers on their way. `now` in milliseconds since
 * 1970.
 */
export function needsYouRows(board: Board, now: number, l10n: L10n): Row[] {
  return [
    ...requestsByNeed(board).map((request) => openRow(board, request, now, l10n)),
    ...agentsWaitingElsewhere(board).map((agent) => elsewhereRow(board, agent, now, l10n)),
    ...answersUnderWay(board).map((request) => answeredRow(board, request, now, l10n)),
  ];
}

function openRow(board: Board, request: Request, now: number, l10n: L10n): Row {
  const { agent, task, workspace } = describe(board, request, l10n);
  const absence = absenceText(board, request.agentId, now, l10n);
  return {
    ...common(board, request, now, l10n),
    description: joinParts([
      absence,
      placeName(request.place),
      reason(request),
      agent,
      request.kind === 'task' ? l10n.t('for you') : task,
      workspace,
      formatDuration(now - Date.parse(request.createdAt), l10n),
    ]),
    icon: requestIcons[request.kind],
    ...(!isGone(board, request.agentId, now) && { color: 'notificationsInfoIcon.foreground' }),
    contextValue: `request:open:${request.kind}`,
    accessibilityLabel: openLabel(board, request, now, l10n),
    click: commandIds.answerRequest,
  };
}

function answeredRow(board: Board, request: Request, now: number, l10n: L10n): Row {
  const { agent, workspace } = describe(board, request, l10n);
  const words = requestStatusText(request, l10n);
  return {
    ...common(board, request, now, l10n),
    description: joinParts([words, absenceText(board, request.agentId, now, l10n), agent, workspace]),
    icon: 'check',
    contextValue: `request:answered:${request.kind}`,
    accessibilityLabel: answeredLabel(board, request, now, l10n),
    click: commandIds.openRequest,
  };
}

function elsewhereRow(board: Board, agent: WaitingAgent, now: number, l10n: L10n): Row {
  const name = agentName(agent, l10n);
  const { text, at } = agent.waitsElsewhere;
  const waits = l10n.t('waiting in its own window');
  return {
    id: `elsewhere:${agent.id}`,
    label: elsewhereTitle(agent, labelLength, l10n),
    description: joinParts([waits, name, workspaceHint(board, agent.workspaceId), formatDuration(now - Date.parse(at), l10n)]),
    tooltip: [plainText(truncate(text, tooltipLength)), l10n.t('{0} is waiting in its own window. Answer it there.', name)]
      .filter((part) => part !== '')
      .join('\n\n'),
    icon: 'terminal',
    color: 'notificationsInfoIcon.foreground',
    contextValue: 'elsewhere',
    click: commandIds.answerRequest,
    target: { agentId: agent.id },
    accessibilityLabel: elsewhereLabel(agent, now, l10n),
  };
}

function common(board: Board, request: Request, now: number, l10n: L10n): Pick<Row, 'id' | 'label' | 'tooltip' | 'target'> {
  const { line, agent, task, workspace } = describe(board, request, l10n);
  const { permission, question } = request;
  const choices = request.choices.map((choice) => `• ${visibleLine(choice)}`);
  const whole = permission === undefined ? withoutMarks(question) : describeInput(permission.input, '\n');
  const parts = [
    ...(permission === undefined ? [] : [visibleLine(permission.tool), visibleText(truncate(permission.description ?? '', 600))]),
    ...(permission === undefined ? [] : besideLines(board, request, permission, l10n)),
    visibleText(truncate(whole, tooltipLength)),
    ...(request.kind === 'task' ? [visibleText(truncate(bodyOf(board, request), tooltipLength))] : []),
    choices.join('\n'),
    absenceText(board, request.agentId, now, l10n),
    request.place === undefined ? '' : `${visibleLine(request.place.file)}:${request.place.line}`,
    joinParts([agent, task, workspace]),
  ];
  return {
    id: `request:${request.id}`,
    label: truncate(line, labelLength),
    tooltip: parts.filter((part) => part !== '').join('\n\n'),
    target: { requestId: request.id, ...(request.taskId === undefined ? {} : { taskId: request.taskId }) },
  };
}

function bodyOf(board: Board, { taskId = '' }: Request): string {
  return board.tasks.get(taskId)?.body.trim() ?? '';
}

/** The folder and the subagent of a permission, one line each. */
function besideLines(board: Board, { workspaceId }: Request, permission: Permission, l10n: L10n): string[] {
  const { folder } = board.workspaces.get(workspaceId) ?? {};
  return besideInput(permission, folder).flatMap(({ name, value }) => {
    if (name === 'folder') return [l10n.t('In the folder: {0}', truncate(visibleLine(value), 600))];
    return name === 'subagent' ? [l10n.t('For the subagent: {0}', truncate(visibleLine(value), 200))] : [];
  });
}

/** The agent's description, which tells several requests for one command apart. */
function reason({ permission }: Request): string {
  return truncate(firstVisibleLine(permission?.description ?? ''), 60);
}

function describe(
  board: Board,
  request: Request,
  l10n: L10n,
): { line: string; agent: string; task: string; workspace: string | undefined } {
  return {
    line: requestTitle(request, l10n),
    agent: agentName(request.agentId === undefined ? undefined : board.agents.get(request.agentId), l10n),
    task: taskTitle(request.taskId === undefined ? undefined : board.tasks.get(request.taskId), l10n),
    workspace: workspaceHint(board, request.workspaceId),
  };
}
