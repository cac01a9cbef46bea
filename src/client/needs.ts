import type { Request } from '../protocol/model.ts';
import type { Board } from './board.ts';
import { byId } from './byId.ts';

/** What needs the person now, oldest first: what has waited longest comes first. */
export function openRequests(board: Board): readonly Request[] {
  return [...board.requests.values()].filter(isOpen).toSorted(byId);
}

/** How many requests need the person now; an answer that is still on its way doesn't count. */
export function needCount(board: Board): number {
  let count = 0;
  for (const request of board.requests.values()) if (isOpen(request)) count += 1;
  return count;
}

function isOpen(request: Request): boolean {
  return request.status === 'open';
}
