import type { Board } from '../../client/board.ts';
import { openRequests } from '../../client/needs.ts';
import { isSamePermission } from '../../client/samePermission.ts';
import type { Request } from '../../protocol/model.ts';

/**
 * The other open requests that ask exactly this, of other agents or for other tasks: questions with the same choices, and permissions for
 * the same thing in the same folder. What has waited longest first. Each review is of other work, and each dialog of an agent's own is open in
 * one place, so there is none like it.
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
