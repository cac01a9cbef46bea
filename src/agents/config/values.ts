import { isDeepStrictEqual } from 'node:util';
import { assertNever } from '../../util/errors.ts';
import type { Entry, Value } from './entry.ts';

/** What a value has at a path; `undefined` if nothing. */
export function valueAt(value: Value, path: readonly string[]): Value | undefined {
  let found: Value | undefined = value;
  for (const key of path) found = isTable(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}

/** How many keys of a path are there. */
export function depthOf(value: Value, path: readonly string[]): number {
  return path.findLastIndex((_, index) => valueAt(value, path.slice(0, index + 1)) !== undefined) + 1;
}

/** Whether there are objects, or nothing yet, on the way to the last key of a path. */
export function isOpen(value: Value, path: readonly string[]): boolean {
  return path.every((_, depth) => {
    const table = valueAt(value, path.slice(0, depth));
    return table === undefined || isTable(table);
  });
}

/** Whether an entry isn't put in because of what is there. */
export function givesWay(value: Value, { path, kind, value: own }: Entry): boolean {
  const there = valueAt(value, path);
  switch (kind) {
    case 'member':
    case 'element':
      return false;
    case 'needed':
      return there !== undefined;
    case 'preset':
      return there !== undefined || !isOpen(value, path);
    case 'listed':
      return Array.isArray(there) ? there.includes(own) : there !== undefined || !isOpen(value, path);
    default:
      return assertNever(kind);
  }
}

/** Adds an entry to a value that has room for it. */
export function addEntry(value: Value, entry: Entry): void {
  const { path, value: added } = entry;
  const key = path.at(-1) ?? '';
  let table = value as { [key: string]: Value };
  for (const name of path.slice(0, -1)) table = (table[name] ??= {}) as typeof table;
  table[key] = isInList(entry) ? [...((table[key] ?? []) as Value[]), added] : added;
}

/** Whether an entry stands in a list. */
export function isInList({ kind }: Entry): boolean {
  return kind === 'element' || kind === 'listed';
}

/** Whether two values say the same. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(plain(a), plain(b));
}

/** An object without a prototype, so that any name is just a name. */
export function emptyTable(): { [key: string]: Value } {
  return Object.create(null) as { [key: string]: Value };
}

function isTable(value: unknown): value is { [key: string]: Value } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The same, of objects without a prototype. A date of TOML stays what it is. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return isTable(value)
    ? Object.assign(emptyTable(), Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)])))
    : value;
}
