import assert from 'node:assert/strict';
import { createDrafts } from '../../../../src/ui/shell/drafts.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { FakeMemory } from '../support/fakeMemory.ts';

function setUp(memory = new FakeMemory()) {
  const clock = createFakeClock();
  return { memory, clock, drafts: createDrafts(memory, clock) };
}

describe('drafts', () => {
  it('are kept for each request, also over a reload', () => {
    const { drafts, memory } = setUp();
    drafts.set('a', 'half a');
    drafts.set('b', 'half b');
    const again = setUp(memory).drafts;
    assert.deepEqual([again.get('a'), again.get('b'), again.get('c')], ['half a', 'half b', '']);
  });

  it('are ticks as well, beside what is typed', () => {
    const { drafts, memory } = setUp();
    drafts.set('a', 'half a');
    drafts.tick('a', ['one', 'two']);
    drafts.tick('b', ['one']);
    drafts.tick('b', []);
    const again = setUp(memory).drafts;
    assert.deepEqual([again.get('a'), again.ticks('a'), again.ticks('b'), again.ticks('c')], ['half a', ['one', 'two'], [], []]);
    again.delete('a');
    assert.deepEqual([again.get('a'), again.ticks('a'), setUp(memory).drafts.ticks('a')], ['', [], []]);
    memory.stored.set('agentrq.drafts', [['a ticks', '{"x":1}']]);
    assert.deepEqual(setUp(memory).drafts.ticks('a'), []);
  });

  it('are written once for what is typed in half a second', () => {
    const { drafts, memory, clock } = setUp();
    for (const text of ['h', 'ha', 'hal']) drafts.typed('a', text);
    assert.equal(memory.stored.size, 0);
    assert.equal(clock.pending, 1);
    clock.advance(500);
    assert.deepEqual([...memory.stored.values()], [[['a', 'hal']]]);
    drafts.typed('a', 'half');
    drafts.set('a', 'half');
    assert.deepEqual([[...memory.stored.values()], clock.pending], [[[['a', 'half']]], 0], 'and at once when it is left');
  });

  it('are gone once they are answered, or empty', () => {
    const { drafts, memory } = setUp();
    drafts.set('a', 'half');
    drafts.set('b', 'half');
    drafts.delete('a');
    drafts.set('b', ' ');
    assert.deepEqual([drafts.get('a'), drafts.get('b'), [...memory.stored.values()]], ['', '', [[]]]);
  });

  it('stay within bounds: the oldest goes first, and one that is very long is not written', () => {
    const { drafts, memory } = setUp();
    for (let index = 0; index < 60; index += 1) drafts.set(`r${index}`, 'x');
    drafts.set('long', 'x'.repeat(20_001));
    assert.deepEqual([drafts.get('r10'), drafts.get('r11'), drafts.get('long').length], ['', 'x', 20_001]);
    const again = setUp(memory).drafts;
    assert.deepEqual([again.get('r59'), again.get('long')], ['x', '']);
  });

  it('are none where something else was stored', () => {
    for (const value of ['x', { a: 'b' }, [['a']], [['a', 1]], [null]]) {
      const memory = new FakeMemory();
      memory.stored.set('agentrq.drafts', value);
      assert.equal(setUp(memory).drafts.get('a'), '');
    }
  });
});
