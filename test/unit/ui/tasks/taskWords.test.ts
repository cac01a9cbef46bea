import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readTaskText, taskText } from '../../../../src/ui/tasks/taskWords.ts';

describe('the words of a task as a file', () => {
  it('have the title in the first line', () => {
    assert.equal(taskText({ title: 'Fix it', body: '' }), 'Fix it\n');
    assert.equal(taskText({ title: 'Fix it', body: 'One.\n\nTwo.' }), 'Fix it\n\nOne.\n\nTwo.\n');
    assert.deepEqual(readTaskText('\n  Fix it \r\n\r\nOne.\r\n'), { title: 'Fix it', body: 'One.' });
    assert.deepEqual(readTaskText('Fix it\nOne.'), { title: 'Fix it', body: 'One.' });
  });

  it('are none without a title', () => {
    assert.equal(readTaskText(''), undefined);
    assert.equal(readTaskText(' \n \n'), undefined);
  });

  it('stay as they are when nothing is changed', () => {
    const line = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !/[\r\n\u2028\u2029\u0085\v\f]/.test(text));
    const body = fc
      .array(
        fc.string().map((text) => text.replace(/\r/g, '')),
        { maxLength: 5 },
      )
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(line, body, (title, given) => {
        const words = { title, body: given.replace(/^\n+|\n+$/g, '') };
        assert.deepEqual(readTaskText(taskText(words)), words);
      }),
    );
  });
});
