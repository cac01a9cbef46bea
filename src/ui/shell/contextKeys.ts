import type { BoardStore } from '../../client/boardStore.ts';
import { needCount } from '../../client/needs.ts';
import type { Agent } from '../../protocol/model.ts';
import { practiceName } from '../../protocol/names.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { ContextKey, ContextValues } from '../ids.ts';
import { followBoard } from './followBoard.ts';

/** Sets the context keys of the `when` clauses, each only when its value changes. */
export class ContextKeys {
  readonly #values: Partial<ContextValues> = {};
  readonly #setContext: (key: ContextKey, value: string | boolean) => void;

  constructor(setContext: (key: ContextKey, value: string | boolean) => void) {
    this.#setContext = setContext;
  }

  set<K extends ContextKey>(key: K, value: ContextValues[K]): void {
    if (this.#values[key] === value) return;
    this.#values[key] = value;
    this.#setContext(key, value);
  }
}

/**
 * Updates the context keys with the board and the link.
 * @param editor the name of the editor's own MCP client. It connects without the user, in some versions at once, so it does not count as an
 * agent.
 */
export function followContext(board: BoardStore, keys: ContextKeys, editor: string): Disposable {
  // Once true it stays true, because an answer leaves the board when its agent has acted on it.
  let hasAnswered = false;
  return followBoard(board, () => {
    keys.set('agentrq.link', board.link.kind);
    keys.set('agentrq.pending', needCount(board.board) > 0);
    hasAnswered ||= [...board.board.requests.values()].some(({ answer }) => answer !== undefined && answer.ruleIds === undefined);
    keys.set('agentrq.hasAnswered', hasAnswered);
    const isOwn = ({ name, removedAt }: Agent): boolean => name !== editor && name !== practiceName && removedAt === undefined;
    keys.set('agentrq.hasOwnAgents', [...board.board.agents.values()].some(isOwn));
    keys.set('agentrq.hasTasks', board.board.tasks.size > 0);
  });
}
