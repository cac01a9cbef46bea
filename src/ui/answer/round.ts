/** The requests that the person has gone past, one after the other: answered ones, and those that they skipped. */
export type Round = readonly string[];

/** How far the person has come: `at` of `of`. What comes in meanwhile counts as well. */
export interface RoundProgress {
  at: number;
  of: number;
}

/** What comes next, by `order`, the ids of what is open in the order of need; `undefined` at the end of the round. */
export function nextInRound(round: Round, order: readonly string[]): string | undefined {
  return order.find((id) => !round.includes(id));
}

/** What the person went past last and may go back to, because it is still open. */
export function previousInRound(round: Round, order: readonly string[]): string | undefined {
  return round.findLast((id) => order.includes(id));
}

/** Where `current` stands. */
export function progressOf(round: Round, order: readonly string[], current: string): RoundProgress {
  const ahead = order.filter((id) => id !== current && !round.includes(id)).length;
  return { at: round.length + 1, of: round.length + 1 + ahead };
}
