import type { BoardStore } from '../client/boardStore.ts';
import { needCount } from '../client/needs.ts';
import { practiceName } from '../protocol/practiceName.ts';
import type { Disposable } from '../util/lifecycle.ts';
import type { ContextKeyHolder } from './contextKeyHolder.ts';
import { followBoard } from './followBoard.ts';

/** Keeps the context keys as the board and the link are. */
export function followContext(board: BoardStore, keys: ContextKeyHolder): Disposable {
  // An answer is gone from the board when its agent has acted on it, and the tour of the first minute must not miss it.
  let hasAnswered = false;
  return followBoard(board, () => {
    keys.set('agentrq.link', board.link.kind);
    keys.set('agentrq.pending', needCount(board.board) > 0);
    hasAnswered ||= [...board.board.requests.values()].some(({ answer }) => answer !== undefined && answer.ruleIds === undefined);
    keys.set('agentrq.hasAnswered', hasAnswered);
    const agents = [...board.board.agents.values()];
    keys.set('agentrq.hasAgents', agents.length > 0);
    keys.set(
      'agentrq.hasOwnAgents',
      agents.some(({ name }) => name !== practiceName),
    );
    keys.set('agentrq.hasTasks', board.board.tasks.size > 0);
  });
}
