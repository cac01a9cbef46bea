import type { Board } from '../client/board.ts';
import { openRequests } from '../client/needs.ts';
import type { Request } from '../protocol/model.ts';

/** The other open questions that ask exactly this, with the same choices: of other agents, or for other tasks. What has waited longest first. */
export function sameQuestion(board: Board, request: Request): readonly Request[] {
  if (request.kind !== 'question') return [];
  const asked = wording(request);
  return openRequests(board).filter((other) => other.id !== request.id && other.kind === 'question' && wording(other) === asked);
}

function wording({ question, choices, multiple }: Request): string {
  return JSON.stringify([question.trim(), choices, multiple]);
}
