/** Chosen so that a bucket stays small with ten thousand items, and the list of buckets is small too. */
const bucketCount = 256;

type Bucket<T> = ReadonlyMap<string, T>;
const empty = new Map<string, never>();

/**
 * An immutable map from id to item. A change creates another map that shares all but one bucket with the original. The iteration order is
 * unspecified.
 */
export class SharedMap<T extends { readonly id: string }> implements ReadonlyMap<string, T> {
  readonly size: number;
  private readonly buckets: readonly Bucket<T>[];

  private constructor(buckets: readonly Bucket<T>[], size: number) {
    this.buckets = buckets;
    this.size = size;
  }

  static of<T extends { readonly id: string }>(items: Iterable<T>): SharedMap<T> {
    const buckets = Array.from({ length: bucketCount }, () => new Map<string, T>());
    for (const item of items) buckets[bucketOf(item.id)]?.set(item.id, item);
    return new SharedMap(
      buckets.map((bucket) => (bucket.size === 0 ? empty : bucket)),
      buckets.reduce((size, bucket) => size + bucket.size, 0),
    );
  }

  with(item: T): SharedMap<T> {
    return this.#replace(item.id, new Map(this.#bucket(item.id)).set(item.id, item));
  }

  /** The map without the item; the same object if it has no such item. */
  without(id: string): SharedMap<T> {
    const bucket = new Map(this.#bucket(id));
    return bucket.delete(id) ? this.#replace(id, bucket) : this;
  }

  get(id: string): T | undefined {
    return this.#bucket(id).get(id);
  }

  has(id: string): boolean {
    return this.#bucket(id).has(id);
  }

  forEach(call: (item: T, id: string, map: ReadonlyMap<string, T>) => void): void {
    for (const [id, item] of this) call(item, id, this);
  }

  *entries(): MapIterator<[string, T]> {
    for (const bucket of this.buckets) yield* bucket;
  }

  *keys(): MapIterator<string> {
    for (const bucket of this.buckets) yield* bucket.keys();
  }

  *values(): MapIterator<T> {
    for (const bucket of this.buckets) yield* bucket.values();
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }

  #bucket(id: string): Bucket<T> {
    return this.buckets[bucketOf(id)] ?? empty;
  }

  #replace(id: string, bucket: Bucket<T>): SharedMap<T> {
    const index = bucketOf(id);
    return new SharedMap(this.buckets.with(index, bucket), this.size - (this.buckets[index]?.size ?? 0) + bucket.size);
  }
}

function bucketOf(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) | 0;
  return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (bucketCount - 1);
}
