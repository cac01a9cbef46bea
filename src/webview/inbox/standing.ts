import type { InboxModel } from './inboxModel.ts';

// Where the user stands on the page after something has changed. Pure.

/** The card that is open, and the one that has the keyboard or had it last. */
export interface Standing {
  readonly reading: string | undefined;
  readonly focused: string | undefined;
}

/**
 * Where the user stands once `before` has become `after`. What was answered is not read on among what was sent, and the keyboard goes to what
 * stands in its place. One that isn't known yet comes when the board has been read. `order`: the cards as they stood.
 */
export function standingAfter(before: InboxModel, after: InboxModel, order: readonly string[], { reading, focused }: Standing): Standing {
  const idsOf = (...lists: InboxModel['open'][]): string[] => lists.flatMap((items) => items.map(({ id }) => id));
  const [known, asked] = [new Set(idsOf(before.open, before.sent)), new Set(idsOf(before.open))];
  const [there, asking] = [new Set(idsOf(after.open, after.sent)), idsOf(after.open)];
  const isOver = (id: string | undefined): boolean =>
    id !== undefined && ((known.has(id) && !there.has(id)) || (asked.has(id) && !asking.includes(id)));
  return {
    reading: isOver(reading) ? undefined : reading,
    focused: isOver(focused) ? (order.slice(order.indexOf(focused ?? '') + 1).find((id) => asking.includes(id)) ?? asking.at(-1)) : focused,
  };
}
