import type { Board } from '../../client/board.ts';
import { needState, requestsByNeed } from '../../client/needs.ts';
import type { Request } from '../../protocol/model.ts';
import type { Thread } from '../../protocol/operations.ts';
import { agentName, joinParts, taskTitle, workspaceHint } from '../text/displayNames.ts';
import { formatAge, formatDuration } from '../text/formatAge.ts';
import type { L10n } from '../text/l10n.ts';
import { absenceText } from '../text/presenceText.ts';
import { requestSentence } from '../text/requestTitle.ts';
import { statusText } from '../text/statusText.ts';
import { truncate } from '../text/truncate.ts';
import { visibleText } from '../text/visibleText.ts';

/** A part of the summary of a task. */
export interface CatchUpPart {
  heading: string;
  /** May come from agents, so it is shown as plain text. */
  text: string;
}

const partLength = 500;
const shownNeeds = 3;

/** The summary of a task in three parts: goal, progress, and needs with what waiting costs. `now` in milliseconds since 1970. */
export function catchUp(board: Board, { task, messages }: Pick<Thread, 'task' | 'messages'>, now: number, l10n: L10n): CatchUpPart[] {
  const agent = task.agentId === undefined ? undefined : board.agents.get(task.agentId);
  const needs = requestsByNeed(board).filter(({ taskId }) => taskId === task.id);
  const [first] = needs;
  const last = messages.findLast(({ sender, kind }) => sender === 'agent' && kind === 'text');
  const done =
    last === undefined ? l10n.t('No agent has written anything yet.') : visibleText(truncate(withoutFences(last.text), partLength));
  const state = joinParts([
    statusText(task.status, l10n),
    agent === undefined ? undefined : agentName(agent, l10n),
    last === undefined ? undefined : formatAge(last.createdAt, now, l10n),
    workspaceHint(board, task.workspaceId),
  ]);
  const asked = needs.slice(0, shownNeeds).map((request) => {
    const asker = agentName(request.agentId === undefined ? undefined : board.agents.get(request.agentId), l10n);
    return requestSentence(request, asker, 200, l10n);
  });
  return [
    { heading: l10n.t('Goal'), text: [taskTitle(task, l10n), visibleText(truncate(task.body, partLength))].filter(Boolean).join('\n\n') },
    { heading: l10n.t('Done so far'), text: [done, state].join('\n\n') },
    {
      heading: l10n.t('Needs from you'),
      text: first === undefined ? l10n.t('Nothing.') : [...asked, costOf(board, first, now, l10n)].join('\n\n'),
    },
  ];
}

/** Removes the fences of code blocks, because everything is shown as plain text. */
function withoutFences(text: string): string {
  return text.replace(/^[ \t]*(```|~~~).*(\r?\n|$)/gm, '');
}

function costOf(board: Board, first: Request, now: number, l10n: L10n): string {
  const agent = first.agentId === undefined ? undefined : board.agents.get(first.agentId);
  const name = agentName(agent, l10n);
  const age = formatDuration(now - Date.parse(first.createdAt), l10n);
  if (needState(board, first) === 'standsStill') return l10n.t('{0} asked {1} ago and is blocked on you.', name, age);
  const absence = absenceText(board, first.agentId, now, l10n);
  return joinParts([l10n.t('{0} asked {1} ago and can go on meanwhile.', name, age), absence]);
}
