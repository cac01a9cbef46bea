/** The position of a task in the queue. */
interface QueueEntry {
  readonly id: string;
  readonly sortOrder: number;
}

/** Smaller than the distance between two tasks that were created one after the other. */
const step = 1 / 4_096;

/**
 * Puts `moved`, in this order, before the task `before` or at the end. `queue` is sorted by `sortOrder`, then by id. Returns the new
 * `sortOrder` by id: of the moved tasks, and of as few tasks behind them as needed to make room.
 */
export function placeTasks(
  queue: readonly QueueEntry[],
  moved: readonly string[],
  before: string | undefined,
): ReadonlyMap<string, number> {
  const rest = queue.filter(({ id }) => !moved.includes(id));
  const index = before === undefined ? rest.length : rest.findIndex(({ id }) => id === before);
  const [last, next] = [rest[index - 1]?.sortOrder, rest[index]?.sortOrder];
  const orders = new Map(moved.map((id, at) => [id, between(last, next, at + 1, moved.length + 1)]));
  if (isRising([last, ...orders.values(), next])) return orders;
  // There is no room, so the tasks behind are shifted as far as needed.
  let place = last ?? 0;
  for (const id of moved) orders.set(id, (place += step));
  for (const { id, sortOrder } of rest.slice(index)) {
    if (sortOrder > place) break;
    orders.set(id, (place += step));
  }
  return orders;
}

function between(last: number | undefined, next: number | undefined, part: number, parts: number): number {
  if (last === undefined) return next === undefined ? part : next - (parts - part);
  return next === undefined ? last + part : last + ((next - last) * part) / parts;
}

function isRising(orders: readonly (number | undefined)[]): boolean {
  const known = orders.filter((order) => order !== undefined);
  return known.every((order, index) => index === 0 || order > (known[index - 1] ?? 0));
}
