import { agentPresence } from '../../client/agentPresence.ts';
import type { Board } from '../../client/board.ts';
import type { Agent, Hears } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import { formatAge } from './formatAge.ts';
import type { L10n } from './l10n.ts';

function find(board: Board, agentId: string | undefined): Agent | undefined {
  return agentId === undefined ? undefined : board.agents.get(agentId);
}

/** That the agent is not connected, and since when; empty if it is connected or unknown. */
export function absenceText(board: Board, agentId: string | undefined, now: number, l10n: L10n): string {
  const agent = find(board, agentId);
  if (agent === undefined) return '';
  const ago = formatAge(agent.lastHeardAt, now, l10n);
  switch (agentPresence(agent, now).kind) {
    case 'recent':
      return l10n.t('agent last active {0}', ago);
    case 'disconnected':
      return l10n.t('agent offline, last active {0}', ago);
    default:
      return '';
  }
}

/** When the agent gets a message of the user; `undefined`: with its next call, or unknown. */
export function hearsOf(board: Board, agentId: string | undefined): Hears | undefined {
  return agentId === undefined ? undefined : board.agents.get(agentId)?.hears;
}

/** When an agent gets a message, as text; empty if with its next call. */
export function hearsText(hears: Hears | undefined, l10n: L10n): string {
  switch (hears) {
    case 'now':
      return l10n.t('what you write wakes it now');
    case 'turnEnd':
      return l10n.t('gets what you write at the end of its turn');
    case undefined:
      return '';
    default:
      return assertNever(hears);
  }
}
