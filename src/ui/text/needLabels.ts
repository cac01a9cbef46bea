import type { Board } from '../../client/board.ts';
import type { WaitingAgent } from '../../client/needs.ts';
import type { Request } from '../../protocol/model.ts';
import { agentName, taskTitle } from './displayNames.ts';
import { formatAge } from './formatAge.ts';
import type { L10n } from './l10n.ts';
import { firstPlainLine } from './plainMarkdown.ts';
import { absenceText } from './presenceText.ts';
import { requestHeading, requestTitle } from './requestTitle.ts';
import { requestStatusText } from './statusText.ts';
import { truncate } from './truncate.ts';

// What a screen reader says of what needs the user: whole sentences, the need first. `now` in milliseconds since 1970.

const lineLength = 120;

/** Of an open request. */
export function openLabel(board: Board, request: Request, now: number, l10n: L10n): string {
  const { kind, createdAt } = request;
  const { line, agent, task } = partsOf(board, request, l10n);
  const age = formatAge(createdAt, now, l10n);
  const need =
    kind === 'task'
      ? l10n.t('Waits for you to do it: {0} {1} has made this task, {2}.', line, agent, age)
      : kind !== 'question'
        ? l10n.t('Needs your decision: {0} {1} asks in {2}, {3}.', line, agent, task, age)
        : l10n.t('Needs your answer: {0} {1} asks in {2}, {3}.', line, agent, task, age);
  return joinSentences([need, absenceText(board, request.agentId, now, l10n)]);
}

/** Of an answer that no agent is known to have. */
export function answeredLabel(board: Board, request: Request, now: number, l10n: L10n): string {
  const { line, agent, task } = partsOf(board, request, l10n);
  const age = formatAge(request.answer?.at ?? request.updatedAt, now, l10n);
  return joinSentences([
    l10n.t('Answered {0}, on its way to {1}: {2} Task: {3}.', age, agent, line, task),
    requestStatusText(request, l10n),
    absenceText(board, request.agentId, now, l10n),
  ]);
}

/** Of a request that is over, or whose answer has reached its agent. */
export function settledLabel(board: Board, request: Request, l10n: L10n): string {
  const { line, agent } = partsOf(board, request, l10n);
  return joinSentences([requestHeading(request, agent, l10n), line, requestStatusText(request, l10n)]);
}

/** Of an agent that waits in its own window. */
export function elsewhereLabel(agent: WaitingAgent, now: number, l10n: L10n): string {
  const { at } = agent.waitsElsewhere;
  const line = sentence(elsewhereTitle(agent, lineLength, l10n));
  return l10n.t('Needs you in its own window: {0} {1}, {2}.', line, agentName(agent, l10n), formatAge(at, now, l10n));
}

/** What an agent waits for in its own window, on one line. */
export function elsewhereTitle({ waitsElsewhere }: WaitingAgent, length: number, l10n: L10n): string {
  return truncate(firstPlainLine(waitsElsewhere.text), length) || l10n.t('waiting in its own window');
}

function partsOf(board: Board, request: Request, l10n: L10n): { line: string; agent: string; task: string } {
  const { agentId = '', taskId = '' } = request;
  return {
    line: sentence(requestTitle(request, l10n)),
    agent: agentName(board.agents.get(agentId), l10n),
    task: taskTitle(board.tasks.get(taskId), l10n),
  };
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function joinSentences(sentences: readonly string[]): string {
  return sentences
    .filter((one) => one !== '')
    .map((one) => sentence(`${one.charAt(0).toUpperCase()}${one.slice(1)}`))
    .join(' ');
}
