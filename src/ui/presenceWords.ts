import { agentPresence } from '../client/agentPresence.ts';
import type { Board } from '../client/board.ts';
import { agoWords } from './ageWords.ts';
import type { L10n } from './l10n.ts';

/** Says that the agent who asked is no longer there, and since when; empty while it is, or if nobody knows who asked. */
export function goneWords(board: Board, agentId: string | undefined, now: number, l10n: L10n): string {
  const agent = agentId === undefined ? undefined : board.agents.get(agentId);
  if (agent === undefined || agentPresence(agent, now).kind !== 'gone') return '';
  return l10n.t('the agent is gone, last heard {0}', agoWords(agent.lastHeardAt, now, l10n));
}
