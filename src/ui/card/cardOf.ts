import type { Board } from '../../client/board.ts';
import { needState } from '../../client/needs.ts';
import type { Card, CardContent } from '../../protocol/card.ts';
import type { Answer, Place, Request } from '../../protocol/model.ts';
import { agentName, joinParts, taskTitle, workspaceHint } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { requestHeading, requestTitle } from '../text/requestTitle.ts';
import { decisionSentence, requestStatusText } from '../text/statusText.ts';
import { visibleLine, visibleText } from '../text/visibleText.ts';
import { cardAgent } from './agentMark.ts';
import { setContent } from './dialogContent.ts';
import { effectText } from './effectText.ts';
import { permissionContent } from './permissionContent.ts';

/** What cards need in addition to the request. */
export interface CardContext {
  board: Board;
  /** Formats an RFC 3339 time for display. */
  formatTime(time: string): string;
  /** Milliseconds since 1970. */
  now: number;
  l10n: L10n;
}

/** A request as it is shown on every page. */
export function cardOf(request: Request, context: CardContext): Card {
  const { board, formatTime, now, l10n } = context;
  const { status, answer, place } = request;
  const agent = board.agents.get(request.agentId ?? '');
  const name = agentName(agent, l10n);
  const task = request.taskId === undefined ? undefined : board.tasks.get(request.taskId);
  const need = status === 'open' ? needState(board, request) : 'none';
  return {
    requestId: request.id,
    content: contentOf(request, context),
    open: status === 'open' || status === 'expired',
    mayTakeBack: status === 'answered' && request.handedOver !== true && answer?.ruleIds === undefined,
    who: cardAgent(name, agent),
    heading: requestHeading(request, name, l10n),
    title: requestTitle(request, l10n),
    at: request.createdAt,
    time: formatTime(request.createdAt),
    where: joinParts([
      task === undefined || request.kind === 'task' ? '' : taskTitle(task, l10n),
      workspaceHint(board, request.workspaceId),
    ]),
    need,
    needWords: need === 'none' ? '' : needWords(need, l10n),
    state: requestStatusText(request, l10n),
    effect: effectText(board, request, now, l10n),
    ...(place !== undefined && { about: { place: placeLine(place), snippet: visibleText(place.snippet ?? '') } }),
    verdict: verdictOf(answer),
    answer: answer === undefined ? [] : answerLines(answer, formatTime(answer.at), l10n),
  };
}

/** What a request does to its agent, in two or three words. */
export function needWords(need: Exclude<Card['need'], 'none'>, l10n: L10n): string {
  if (need === 'standsStill') return l10n.t('blocked on you');
  return need === 'holdsUpWork' ? l10n.t('holding up work') : l10n.t('can go on');
}

function contentOf(
  { kind, question, permission, dialog, choices, multiple, taskId, workspaceId }: Request,
  context: CardContext,
): CardContent {
  const { board, l10n } = context;
  if (permission !== undefined) return permissionContent(permission, board.workspaces.get(workspaceId)?.folder, l10n);
  const markdown = visibleText(question);
  if (dialog?.kind === 'questions') return setContent(dialog.questions);
  if (dialog?.kind === 'plan') return { kind: 'plan', markdown, source: question };
  if (kind === 'question') {
    return { kind: 'question', markdown, choices: choices.map((value) => ({ value, label: visibleLine(value) })), multiple };
  }
  if (kind === 'task') {
    const body = visibleText(board.tasks.get(taskId ?? '')?.body ?? '').trim();
    return { kind: 'task', markdown: [markdown, body].filter((part) => part !== '').join('\n\n') };
  }
  return { kind: 'review', markdown };
}

/** `src/a.ts:12`, or `src/a.ts:12–14`. */
function placeLine({ file, line, endLine }: Place): string {
  return `${visibleLine(file)}:${line}${endLine === undefined || endLine === line ? '' : `–${endLine}`}`;
}

/** What was decided, as far as a mark tells it. */
export function verdictOf(answer: Answer | undefined): Card['verdict'] {
  if (answer === undefined) return '';
  if (answer.ruleIds !== undefined) return 'yes';
  switch (answer.decision) {
    case 'allow':
    case 'approve':
    case 'done':
      return 'yes';
    case 'deny':
    case 'sendBack':
    case 'reject':
      return 'no';
    default:
      return 'said';
  }
}

/** The answer, one line for each part. */
function answerLines(answer: Answer, time: string, l10n: L10n): string[] {
  const { ruleIds, decision } = answer;
  return [
    ruleIds === undefined ? decisionSentence(decision, time, l10n) : l10n.t('Allowed by a rule of yours, {0}.', time),
    ...(answer.choices ?? []).map((choice) => `• ${visibleLine(choice)}`),
    ...(answer.text === undefined || answer.text === '' ? [] : [visibleText(answer.text)]),
    ...(answer.note === undefined || answer.note === '' ? [] : [visibleText(answer.note)]),
    ...(answer.attachments ?? []).map(({ name }) => l10n.t('File: {0}', visibleLine(name))),
  ];
}
