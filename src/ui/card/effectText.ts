import { agentPresence } from '../../client/agentPresence.ts';
import type { Board } from '../../client/board.ts';
import type { Request } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import type { L10n } from '../text/l10n.ts';

/** What sending an answer to this request will do, as a sentence; empty if nobody knows. `now`: milliseconds since 1970. */
export function effectText(board: Board, { id, agentId = '', status }: Request, now: number, l10n: L10n): string {
  const agent = board.agents.get(agentId);
  if (status === 'expired') return l10n.t('The agent no longer waits for this. It is told your answer in words, or when it asks again.');
  if (agent === undefined || status !== 'open') return '';
  if (agent.connected && agent.waitingFor?.includes(id) === true) return l10n.t('Your answer reaches it at once.');
  switch (agent.hears) {
    case 'now':
      return l10n.t('Your answer wakes it now.');
    case 'turnEnd':
      return l10n.t('It gets your answer at the end of its turn.');
    case undefined:
      return agentPresence(agent, now).kind === 'disconnected'
        ? l10n.t('It is offline and gets your answer when it is back.')
        : l10n.t('It gets your answer with its next step.');
    default:
      return assertNever(agent.hears);
  }
}
