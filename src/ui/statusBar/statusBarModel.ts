import type { Board } from '../../client/board.ts';
import type { LinkState } from '../../client/linkState.ts';
import { agentsWaitingElsewhere, needCount, needState, requestsByNeed } from '../../client/needs.ts';
import type { Request } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import type { CommandId } from '../ids.ts';
import { commandIds } from '../ids.ts';
import { agentName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { linkSentence } from '../text/linkText.ts';
import { needText } from '../text/needText.ts';
import { elsewhereSentence, requestSentence } from '../text/requestTitle.ts';

const listed = 5;

/** An agent that stands still for longer is pressing, in milliseconds. */
const pressingMs = 120_000;

/** The content of the status bar item. */
export interface StatusBarModel {
  text: string;
  tooltip: string;
  accessibilityLabel: string;
  command: CommandId;
  /** `failed`: the hub does not run. `pressing`: an agent has stood still for two minutes. */
  mood: 'calm' | 'pressing' | 'failed';
}

/**
 * The content for this board and link: an icon, the name with the number that waits, and a tooltip. `now` in milliseconds since 1970.
 * `quiet`: the sentence about Do Not Disturb; empty if it is off.
 */
export function statusBarModel({
  board,
  link,
  now,
  l10n,
  quiet = '',
}: {
  board: Board;
  link: LinkState;
  now: number;
  l10n: L10n;
  quiet?: string;
}): StatusBarModel {
  const waiting = needCount(board);
  const requests = requestsByNeed(board);
  const state = linkSentence(link, l10n);
  const failed = link.kind === 'failed';
  const sentences = [link.kind === 'live' || waiting > 0 ? needText(board, l10n) : '', state, quiet].filter((sentence) => sentence !== '');
  return {
    text: `${icons(link, quiet !== '')} AgentRQ${waiting === 0 ? '' : ` ${waiting}`}`,
    tooltip: [sentences.join(' '), ...needLines(board, requests, l10n), more(waiting, l10n)].filter((line) => line !== '').join('\n'),
    accessibilityLabel: sentences.join(' '),
    command: failed ? commandIds.showLog : commandIds.answerNextRequest,
    mood: failed ? 'failed' : standsStillLong(board, requests, now) ? 'pressing' : 'calm',
  };
}

/** The product's own icon while all is well. */
function icons(link: LinkState, isQuiet: boolean): string {
  switch (link.kind) {
    case 'starting':
      return '$(loading~spin)';
    case 'connecting':
    case 'waiting':
      return '$(debug-disconnect)';
    case 'failed':
      return '$(error)';
    case 'live':
      return isQuiet ? '$(agentrq-logo) $(bell-slash)' : '$(agentrq-logo)';
    default:
      return assertNever(link);
  }
}

function standsStillLong(board: Board, requests: readonly Request[], now: number): boolean {
  return requests.some((request) => needState(board, request) === 'standsStill' && now - Date.parse(request.createdAt) >= pressingMs);
}

/** What waits, a line each; not more than are listed. */
function needLines(board: Board, requests: readonly Request[], l10n: L10n): string[] {
  const nameOf = (id: string | undefined): string => agentName(id === undefined ? undefined : board.agents.get(id), l10n);
  const [first, elsewhere] = [requests.slice(0, listed), agentsWaitingElsewhere(board)];
  return [
    ...first.map((request) => `• ${requestSentence(request, nameOf(request.agentId), 80, l10n)}`),
    ...elsewhere.slice(0, listed - first.length).map((agent) => `• ${elsewhereSentence(agent, 80, l10n)}`),
  ];
}

function more(count: number, l10n: L10n): string {
  return count > listed ? l10n.t('… and {0} more', count - listed) : '';
}
