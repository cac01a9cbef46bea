import type { Board } from '../../client/board.ts';
import { agentsWaitingElsewhere, answersUnderWay, needState, requestsByNeed, type WaitingAgent } from '../../client/needs.ts';
import type { Card } from '../../protocol/card.ts';
import type { Request } from '../../protocol/model.ts';
import type { InboxItem } from '../../protocol/toInboxPage.ts';
import { cardAgent } from '../card/agentMark.ts';
import { needWords, verdictOf } from '../card/cardOf.ts';
import { agentName, joinParts, taskTitle, workspaceHint } from '../text/displayNames.ts';
import { fitsOnButtons } from '../text/fitsOnButtons.ts';
import { formatDuration } from '../text/formatAge.ts';
import type { L10n } from '../text/l10n.ts';
import { answeredLabel, elsewhereLabel, elsewhereTitle, openLabel, settledLabel } from '../text/needLabels.ts';
import { placeName } from '../text/placeName.ts';
import { plainLine } from '../text/plainMarkdown.ts';
import { absenceText } from '../text/presenceText.ts';
import { requestTitle } from '../text/requestTitle.ts';
import { requestStatusText } from '../text/statusText.ts';
import { truncate } from '../text/truncate.ts';
import { visibleLine, visibleText } from '../text/visibleText.ts';

/** What a closed card shows of a text at most: two or three lines of a narrow side bar. */
const titleLength = 240;
const choiceTitleLength = 200;
const taskLength = 60;

/** What the page shows: closed cards and their order. */
export interface InboxContent {
  open: readonly InboxItem[];
  sent: readonly InboxItem[];
}

/** The cards: open requests in the order in which the user is asked, agents that wait in their own window, and what was sent. */
export function inboxContent(board: Board, now: number, l10n: L10n): InboxContent {
  return {
    open: [
      ...requestsByNeed(board).map((request) => openItem(board, request, now, l10n)),
      ...agentsWaitingElsewhere(board).map((agent) => elsewhereItem(board, agent, now, l10n)),
    ],
    sent: answersUnderWay(board).map((request) => sentItem(board, request, now, l10n)),
  };
}

/** What stands on the page of one request, however far that has come; `undefined`: the board has none with its id. */
export function onlyContent(board: Board, request: Request | undefined, now: number, l10n: L10n): InboxContent {
  if (request === undefined) return { open: [], sent: [] };
  const { status } = request;
  if (status === 'open') return { open: [openItem(board, request, now, l10n)], sent: [] };
  const item = sentItem(board, request, now, l10n);
  const label = status === 'answered' ? item.label : settledLabel(board, request, l10n);
  // One that is no longer waited for can be answered all the same.
  return status === 'expired' ? { open: [{ ...item, label }], sent: [] } : { open: [], sent: [{ ...item, label }] };
}

function openItem(board: Board, request: Request, now: number, l10n: L10n): InboxItem {
  const fits = fitsOnButtons(request, choiceTitleLength);
  const need = needState(board, request);
  return {
    ...common(board, request, l10n),
    age: formatDuration(now - Date.parse(request.createdAt), l10n),
    title: fits ? plainLine(request.question) : truncate(requestTitle(request, l10n), titleLength),
    need,
    needWords: needWords(need, l10n),
    state: absenceText(board, request.agentId, now, l10n),
    choices: fits ? request.choices.map((value) => ({ value, label: visibleLine(value) })) : [],
    label: openLabel(board, request, now, l10n),
    context: `request:open:${request.kind}`,
  };
}

function sentItem(board: Board, request: Request, now: number, l10n: L10n): InboxItem {
  return {
    ...common(board, request, l10n),
    age: formatDuration(now - Date.parse(request.answer?.at ?? request.updatedAt), l10n),
    title: truncate(requestTitle(request, l10n), titleLength),
    need: 'none',
    needWords: '',
    state: joinParts([requestStatusText(request, l10n), absenceText(board, request.agentId, now, l10n)]),
    choices: [],
    label: answeredLabel(board, request, now, l10n),
    context: `request:answered:${request.kind}`,
  };
}

function common(board: Board, request: Request, l10n: L10n): Pick<InboxItem, 'id' | 'who' | 'where' | 'verdict' | 'taskId'> {
  const { id, agentId = '', taskId, answer, workspaceId, kind, place } = request;
  const agent = board.agents.get(agentId);
  const task = taskId === undefined ? undefined : board.tasks.get(taskId);
  return {
    id,
    who: cardAgent(agentName(agent, l10n), agent),
    where: joinParts([
      placeName(place),
      task === undefined || kind === 'task' ? '' : truncate(taskTitle(task, l10n), taskLength),
      workspaceHint(board, workspaceId),
    ]),
    verdict: verdictOf(answer),
    ...(taskId !== undefined && { taskId }),
  };
}

function elsewhereItem(board: Board, agent: WaitingAgent, now: number, l10n: L10n): InboxItem {
  return {
    id: agent.id,
    who: cardAgent(agentName(agent, l10n), agent),
    age: formatDuration(now - Date.parse(agent.waitsElsewhere.at), l10n),
    where: workspaceHint(board, agent.workspaceId) ?? '',
    title: elsewhereTitle(agent, titleLength, l10n),
    need: 'none',
    needWords: '',
    state: l10n.t('waiting in its own window'),
    verdict: '',
    choices: [],
    label: elsewhereLabel(agent, now, l10n),
    context: 'elsewhere',
  };
}

/** The card of an agent that waits in its own window, where it has to be answered. */
export function elsewhereCard(board: Board, agent: WaitingAgent, formatTime: (time: string) => string, l10n: L10n): Card {
  const name = agentName(agent, l10n);
  const { at, text } = agent.waitsElsewhere;
  return {
    requestId: agent.id,
    content: { kind: 'elsewhere', text: visibleText(text) },
    open: true,
    mayTakeBack: false,
    who: cardAgent(name, agent),
    heading: name,
    title: elsewhereTitle(agent, titleLength, l10n),
    at,
    time: formatTime(at),
    where: workspaceHint(board, agent.workspaceId) ?? '',
    need: 'none',
    needWords: '',
    state: '',
    effect: l10n.t('{0} is waiting in its own window. Answer it there.', name),
    verdict: '',
    answer: [],
  };
}
