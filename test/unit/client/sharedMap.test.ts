import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { SharedMap } from '../../../src/client/sharedMap.ts';

interface Item {
  id: string;
  text: string;
}

const items = fc.record({ id: fc.string({ maxLength: 3 }), text: fc.string() });
const changes = fc.array(fc.oneof({ weight: 3, arbitrary: items }, fc.string({ maxLength: 3 })), { maxLength: 200 });

/** `change` is a thing to put in, or the id of one to take out. */
function apply(map: SharedMap<Item>, change: Item | string): SharedMap<Item> {
  return typeof change === 'string' ? map.without(change) : map.with(change);
}

function sorted<T>(entries: Iterable<[string, T]>): [string, T][] {
  return [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

describe('a shared map', () => {
  it('holds what a Map holds after the same changes', () => {
    fc.assert(
      fc.property(fc.array(items), changes, (first, rest) => {
        let map = SharedMap.of(first);
        const model = new Map(first.map((item) => [item.id, item]));
        for (const change of rest) {
          map = apply(map, change);
          if (typeof change === 'string') model.delete(change);
          else model.set(change.id, change);
        }
        assert.deepEqual(sorted(map), sorted(model));
        assert.equal(map.size, model.size);
        assert.deepEqual(
          [...map.keys()],
          [...map].map(([id]) => id),
        );
        assert.deepEqual(
          [...map.values()],
          [...map].map(([, item]) => item),
        );
        const told: unknown[] = [];
        map.forEach((item, id, whole) => told.push([id, item, whole === map]));
        assert.deepEqual(
          told,
          [...map].map(([id, item]) => [id, item, true]),
        );
        for (const change of rest) {
          const id = typeof change === 'string' ? change : change.id;
          assert.deepEqual([map.has(id), map.get(id)], [model.has(id), model.get(id)]);
        }
      }),
    );
  });

  it('is equal to another one that came to hold the same', () => {
    fc.assert(
      fc.property(fc.array(items), changes, (first, rest) => {
        const map = rest.reduce(apply, SharedMap.of(first));
        assert.deepEqual(map, SharedMap.of(map.values()));
      }),
    );
    assert.notDeepEqual(SharedMap.of([{ id: 'a', text: '1' }]), SharedMap.of([{ id: 'a', text: '2' }]));
  });

  it('never changes in place', () => {
    fc.assert(
      fc.property(fc.array(items), changes, (first, rest) => {
        let map = SharedMap.of(first);
        for (const change of rest) {
          const before = [...map];
          const next = apply(map, change);
          assert.deepEqual([...map], before);
          map = next;
        }
      }),
    );
  });

  it('is itself without what it has not', () => {
    const map = SharedMap.of([{ id: 'a' }]);
    assert.equal(map.without('b'), map);
  });
});
