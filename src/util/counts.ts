import { toDisposable } from './lifecycle.ts';

/** How often each thing is in use at this moment. What isn't in use takes no room. */
export interface Counts<K> {
  /** Once more, until the returned function is called. */
  enter(key: K): () => void;
  of(key: K): number;
  keys(): K[];
}

export function createCounts<K>(): Counts<K> {
  const counts = new Map<K, number>();
  return {
    enter(key) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      const { dispose } = toDisposable(() => {
        const left = (counts.get(key) ?? 1) - 1;
        if (left > 0) counts.set(key, left);
        else counts.delete(key);
      });
      return dispose;
    },
    of: (key) => counts.get(key) ?? 0,
    keys: () => [...counts.keys()],
  };
}
