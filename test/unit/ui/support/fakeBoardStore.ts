import type { Board } from '../../../../src/client/board.ts';
import type { BoardChange, BoardStore } from '../../../../src/client/boardStore.ts';
import type { LinkState } from '../../../../src/client/linkState.ts';
import type { Request } from '../../../../src/protocol/model.ts';
import { Emitter } from '../../../../src/util/emitter.ts';

/** A board that changes when the test says so. */
export class FakeBoardStore implements BoardStore {
  board: Board;
  readonly expired = new Map<string, Request>();
  link: LinkState = { kind: 'live' };
  readonly #changed = new Emitter<BoardChange>(rethrow);
  readonly #replaced = new Emitter<Board>(rethrow);
  readonly #linked = new Emitter<LinkState>(rethrow);
  readonly onDidChange = this.#changed.event;
  readonly onDidReplace = this.#replaced.event;
  readonly onDidChangeLink = this.#linked.event;

  constructor(board: Board) {
    this.board = board;
  }

  change(change: BoardChange): void {
    this.board = change.after;
    const { type, payload } = change.event;
    if (type === 'request.created' || type === 'request.updated') {
      this.expired.delete(payload.id);
      if (payload.status === 'expired') this.expired.set(payload.id, payload);
    }
    this.#changed.fire(change);
  }

  replace(board: Board): void {
    this.board = board;
    this.#replaced.fire(board);
  }

  setLink(link: LinkState): void {
    this.link = link;
    this.#linked.fire(link);
  }

  start(): void {}
  retryNow(): void {}
  report(): void {}
  dispose(): void {}
}

function rethrow(error: unknown): void {
  throw error;
}
