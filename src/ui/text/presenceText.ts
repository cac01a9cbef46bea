import { agentPresence } from '../../client/agentPresence.ts';
import type { Board } from '../../client/board.ts';
import type { Agent } from '../../protocol/model.ts';
import { agoWords } from './formatAge.ts';
import type { L10n } from './l10n.ts';

function find(board: Board, agentId: string | undefined): Agent | undefined {
  return agentId === undefined ? undefined : board.agents.get(agentId);
}

/** The agent who asked isn't expected to go on by itself. */
export function isGone(board: Board, agentId: string | undefined, now: number): boolean {
  const agent = find(board, agentId);
  return agent !== undefined && agentPresence(agent, now).kind === 'gone';
}

/** Says that nothing is open of the agent who asked, and since when; empty while there is, or if nobody knows who asked. */
export function absenceWords(board: Board, agentId: string | undefined, now: number, l10n: L10n): string {
  const agent = find(board, agentId);
  if (agent === undefined) return '';
  const ago = agoWords(agent.lastHeardAt, now, l10n);
  switch (agentPresence(agent, now).kind) {
    case 'quiet':
      return l10n.t('the agent was last heard {0}', ago);
    case 'gone':
      return l10n.t('the agent is gone, last heard {0}', ago);
    default:
      return '';
  }
}
