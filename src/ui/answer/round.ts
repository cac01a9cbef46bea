/** The ids of the requests that the user answered or skipped in this round, in order. */
export type Round = readonly string[];

/** The progress of a round: `at` of `of`. Requests that arrive meanwhile are counted. */
export interface RoundProgress {
  at: number;
  of: number;
}

/** The next id of `order`, the open requests by urgency; `undefined` at the end of the round. */
export function nextInRound(round: Round, order: readonly string[]): string | undefined {
  return order.find((id) => !round.includes(id));
}

/** The request that the user last passed and that is still open. */
export function previousInRound(round: Round, order: readonly string[]): string | undefined {
  return round.findLast((id) => order.includes(id));
}

/** The position of `current`. */
export function progressOf(round: Round, order: readonly string[], current: string): RoundProgress {
  const ahead = order.filter((id) => id !== current && !round.includes(id)).length;
  return { at: round.length + 1, of: round.length + 1 + ahead };
}
