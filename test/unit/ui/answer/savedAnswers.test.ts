import assert from 'node:assert/strict';
import { createSavedAnswers } from '../../../../src/ui/answer/savedAnswers.ts';
import { FakeMemory } from '../support/fakeMemory.ts';

describe('saved answers', () => {
  it('belong to a workspace, the newest first, each once', () => {
    const memory = new FakeMemory();
    const saved = createSavedAnswers(memory);
    for (const text of ['a', 'b', 'a']) saved.add('w1', text);
    saved.add('w2', 'c');
    assert.deepEqual([saved.list('w1'), saved.list('w2'), saved.list('w3')], [['a', 'b'], ['c'], []]);
    saved.remove('w1', 'a');
    assert.deepEqual(createSavedAnswers(memory).list('w1'), ['b']);
    saved.remove('w1', 'b');
    assert.equal(memory.get('agentrq.answers.w1'), undefined);
  });

  it('are thirty at most, and nothing that is no text', () => {
    const memory = new FakeMemory();
    const saved = createSavedAnswers(memory);
    for (let index = 0; index < 35; index += 1) saved.add('w1', `answer ${index}`);
    assert.deepEqual([saved.list('w1').length, saved.list('w1').at(-1)], [30, 'answer 5']);
    for (const value of ['x', [1], { a: 1 }, ['x'.repeat(1_000_000)]]) {
      memory.stored.set('agentrq.answers.w2', value);
      assert.deepEqual(saved.list('w2'), []);
    }
  });
});
