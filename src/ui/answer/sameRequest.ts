import type { Board } from '../../client/board.ts';
import { isSamePermission, openRequests } from '../../client/needs.ts';
import type { Request } from '../../protocol/model.ts';

/**
 * The other open requests that ask exactly the same, oldest first: questions with the same text and choices, and permissions for the same
 * use in the same folder. Reviews and agents' own dialogs are never the same.
 */
export function sameRequest(board: Board, request: Request): readonly Request[] {
  const isSame = isLike(request);
  return openRequests(board).filter((other) => other.id !== request.id && other.kind === request.kind && isSame(other));
}

function isLike(request: Request): (other: Request) => boolean {
  if (request.kind === 'permission') return (other) => isSamePermission(request, other);
  if (request.kind !== 'question' || request.dialog !== undefined) return () => false;
  const asked = wording(request);
  return (other) => other.dialog === undefined && wording(other) === asked;
}

function wording({ question, choices, multiple }: Request): string {
  return JSON.stringify([question.trim(), choices, multiple]);
}
