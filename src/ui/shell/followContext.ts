import type { BoardStore } from '../../client/boardStore.ts';
import { needCount } from '../../client/needs.ts';
import { practiceName } from '../../protocol/names.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { ContextKeyHolder } from './contextKeys.ts';
import { followBoard } from './followBoard.ts';

/**
 * Keeps the context keys as the board and the link are.
 * @param editor how the editor's own MCP client calls itself. It connects without the user, in some versions at once, so it counts as an
 * agent only when there is a task.
 */
export function followContext(board: BoardStore, keys: ContextKeyHolder, editor: string): Disposable {
  // An answer is gone from the board when its agent has acted on it, and the tour of the first minute must not miss it.
  let hasAnswered = false;
  return followBoard(board, () => {
    keys.set('agentrq.link', board.link.kind);
    keys.set('agentrq.pending', needCount(board.board) > 0);
    hasAnswered ||= [...board.board.requests.values()].some(({ answer }) => answer !== undefined && answer.ruleIds === undefined);
    keys.set('agentrq.hasAnswered', hasAnswered);
    const agents = [...board.board.agents.values()].filter(({ name }) => name !== editor);
    const hasTasks = board.board.tasks.size > 0;
    keys.set('agentrq.hasAgents', agents.length > 0 || hasTasks);
    keys.set(
      'agentrq.hasOwnAgents',
      agents.some(({ name }) => name !== practiceName),
    );
    keys.set('agentrq.hasTasks', hasTasks);
  });
}
