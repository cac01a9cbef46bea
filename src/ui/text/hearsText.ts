import type { Board } from '../../client/board.ts';
import type { Hears } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import type { L10n } from './l10n.ts';

/** What becomes of what the user says to this agent; `undefined`: it hears of it with its next call, or nobody knows the agent. */
export function hearsOf(board: Board, agentId: string | undefined): Hears | undefined {
  return agentId === undefined ? undefined : board.agents.get(agentId)?.hears;
}

/** The same in words; empty if it waits for the agent. */
export function hearsWords(hears: Hears | undefined, l10n: L10n): string {
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
