import assert from 'node:assert/strict';
import fc from 'fast-check';
import { placeTasks } from '../../../../src/ui/tasks/placeTasks.ts';

interface Place {
  id: string;
  sortOrder: number;
}

function inOrder(places: readonly Place[]): Place[] {
  return places.toSorted((left, right) => left.sortOrder - right.sortOrder || (left.id < right.id ? -1 : 1));
}

/** The ids after the places have been taken. */
function after(queue: readonly Place[], orders: ReadonlyMap<string, number>): string[] {
  const known = new Map(queue.map(({ id, sortOrder }) => [id, sortOrder]));
  for (const [id, sortOrder] of orders) known.set(id, sortOrder);
  return inOrder([...known].map(([id, sortOrder]) => ({ id, sortOrder }))).map(({ id }) => id);
}

const queues = fc
  .array(fc.constantFrom(0, 1, 1.5, 2, 3, 1_700_000_000), { minLength: 1, maxLength: 12 })
  .map((orders) => inOrder(orders.map((sortOrder, index) => ({ id: `t${String(index).padStart(2, '0')}`, sortOrder }))));

describe('placeTasks', () => {
  it('puts one in the middle of its neighbours, and touches nothing else', () => {
    const queue = [1, 2, 3].map((sortOrder) => ({ id: `t${sortOrder}`, sortOrder }));
    assert.deepEqual([...placeTasks(queue, ['t3'], 't2')], [['t3', 1.5]]);
    assert.deepEqual([...placeTasks(queue, ['t3'], 't1')], [['t3', 0]]);
    assert.deepEqual([...placeTasks(queue, ['t1'], undefined)], [['t1', 4]]);
  });

  it('makes room where there is none, and no more than it takes', () => {
    const queue = ['a', 'b', 'c'].map((id) => ({ id, sortOrder: 5 })).concat({ id: 'z', sortOrder: 9 });
    const orders = placeTasks(queue, ['z'], 'b');
    assert.deepEqual([...orders.keys()], ['z', 'b', 'c']);
    assert.deepEqual(after(queue, orders), ['a', 'z', 'b', 'c']);
  });

  it('brings about the order that was asked for, whatever the queue is like', () => {
    fc.assert(
      fc.property(queues, fc.infiniteStream(fc.nat(11)), (queue, numbers) => {
        const [count, at] = [Number(numbers.next().value), Number(numbers.next().value)];
        const moved = queue.filter((_, index) => (index * 7 + count) % 3 === 0).map(({ id }) => id);
        const rest = queue.map(({ id }) => id).filter((id) => !moved.includes(id));
        const before = rest[at];
        const wanted = before === undefined ? [...rest, ...moved] : [...rest.slice(0, at), ...moved, ...rest.slice(at)];
        assert.deepEqual(after(queue, placeTasks(queue, moved, before)), wanted);
      }),
    );
  });

  it('does so for thousands of moves into the same gap', () => {
    let queue: Place[] = ['a', 'b', 'c'].map((id, index) => ({ id, sortOrder: 1_700_000_000 + index / 10 }));
    for (let move = 0; move < 3_000; move += 1) {
      const last = queue.at(-1)?.id ?? '';
      const orders = placeTasks(queue, [last], queue[1]?.id);
      const wanted = after(queue, orders);
      assert.equal(wanted[1], last);
      queue = inOrder(queue.map(({ id, sortOrder }) => ({ id, sortOrder: orders.get(id) ?? sortOrder })));
    }
  });
});
