import type { Board } from '../../client/board.ts';
import type { LinkState } from '../../client/linkState.ts';
import { agentsWaitingElsewhere, needCount, requestsByNeed } from '../../client/needs.ts';
import { assertNever } from '../../util/errors.ts';
import type { CommandId } from '../ids.ts';
import { commandIds } from '../ids.ts';
import { agentName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { linkSentence } from '../text/linkText.ts';
import { needText } from '../text/needText.ts';
import { elsewhereSentence, requestSentence } from '../text/requestTitle.ts';

const listed = 5;

/** The content of the status bar item. */
export interface StatusBarModel {
  text: string;
  tooltip: string;
  accessibilityLabel: string;
  command: CommandId;
  failed: boolean;
}

/**
 * The content for this board and link: an icon, the number that waits (or the name if none does), and a tooltip. `quiet`: the sentence
 * about Do Not Disturb; empty if it is off.
 */
export function statusBarModel(board: Board, link: LinkState, l10n: L10n, quiet = ''): StatusBarModel {
  const waiting = needCount(board);
  const state = linkSentence(link, l10n);
  const failed = link.kind === 'failed';
  const sentences = [link.kind === 'live' || waiting > 0 ? needText(board, l10n) : '', state, quiet].filter((sentence) => sentence !== '');
  return {
    text: `$(${icon(link, waiting, quiet !== '')}) ${waiting === 0 ? 'AgentRQ' : waiting}`,
    tooltip: [sentences.join(' '), ...needLines(board, l10n).slice(0, listed), more(waiting, l10n)]
      .filter((line) => line !== '')
      .join('\n'),
    accessibilityLabel: sentences.join(' '),
    command: failed ? commandIds.showLog : commandIds.answerNextRequest,
    failed,
  };
}

function icon(link: LinkState, waiting: number, isQuiet: boolean): string {
  switch (link.kind) {
    case 'starting':
      return 'loading~spin';
    case 'connecting':
    case 'waiting':
      return 'debug-disconnect';
    case 'failed':
      return 'error';
    case 'live':
      return `bell${isQuiet ? '-slash' : ''}${waiting === 0 ? '' : '-dot'}`;
    default:
      return assertNever(link);
  }
}

function needLines(board: Board, l10n: L10n): string[] {
  const nameOf = (id: string | undefined): string => agentName(id === undefined ? undefined : board.agents.get(id), l10n);
  return [
    ...requestsByNeed(board).map((request) => `• ${requestSentence(request, nameOf(request.agentId), 80, l10n)}`),
    ...agentsWaitingElsewhere(board).map((agent) => `• ${elsewhereSentence(agent, 80, l10n)}`),
  ];
}

function more(count: number, l10n: L10n): string {
  return count > listed ? l10n.t('… and {0} more', count - listed) : '';
}
