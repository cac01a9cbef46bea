import type { Board } from '../../client/board.ts';
import { agentsWaitingElsewhere, openRequests } from '../../client/needs.ts';
import type { L10n } from './l10n.ts';

/** How much needs the user, in sentences. */
export function needText(board: Board, l10n: L10n): string {
  const requests = openRequests(board).length;
  const agents = agentsWaitingElsewhere(board).length;
  const sentences: string[] = [];
  if (requests === 1) sentences.push(l10n.t('One request needs you.'));
  if (requests > 1) sentences.push(l10n.t('{0} requests need you.', requests));
  if (agents === 1) sentences.push(l10n.t('One agent is waiting in its own window.'));
  if (agents > 1) sentences.push(l10n.t('{0} agents are waiting in their own windows.', agents));
  return sentences.length === 0 ? l10n.t('Nothing needs you.') : sentences.join(' ');
}
