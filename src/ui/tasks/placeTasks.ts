/** A task's place in the queue. */
interface Place {
  readonly id: string;
  readonly sortOrder: number;
}

/** Less than what lies between two tasks that were made one after the other. */
const step = 1 / 4_096;

/**
 * Puts `moved` (in that order) before the task `before`, or at the end. `queue` is sorted by `sortOrder`, then by id. Says which tasks
 * get which `sortOrder`: the moved ones, and as few behind them as it takes to make room.
 */
export function placeTasks(queue: readonly Place[], moved: readonly string[], before: string | undefined): ReadonlyMap<string, number> {
  const rest = queue.filter(({ id }) => !moved.includes(id));
  const index = before === undefined ? rest.length : rest.findIndex(({ id }) => id === before);
  const [last, next] = [rest[index - 1]?.sortOrder, rest[index]?.sortOrder];
  const orders = new Map(moved.map((id, at) => [id, between(last, next, at + 1, moved.length + 1)]));
  if (isRising([last, ...orders.values(), next])) return orders;
  // There is no room: what stands behind moves on, as far as the crowd reaches.
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
