import assert from 'node:assert/strict';
import { pushOfTask } from '../../../src/hub/channels/push.ts';
import { taskDetails } from '../../../src/hub/service/taskDetails.ts';
import { task } from '../client/samples.ts';

describe('what a task says to an agent', () => {
  const place = { file: 'a.ts', line: 3 };

  it('is its body, then its place', () => {
    assert.equal(taskDetails(task({ body: 'Fix it.' })), 'Fix it.');
    assert.equal(taskDetails(task({ body: 'Fix it.', place })), 'Fix it.\n\nFile: a.ts, line 3');
    assert.equal(taskDetails(task({ place: { ...place, endLine: 3, snippet: 'x' } })), 'File: a.ts, line 3\nx');
    assert.equal(taskDetails(task({ place: { ...place, endLine: 4 } })), 'File: a.ts, lines 3 to 4');
  });

  it('is pushed whole', () => {
    const { id } = task();
    assert.equal(pushOfTask(task({ title: 'T', place })).content, `[Task ${id}] T\nFile: a.ts, line 3`);
    assert.equal(pushOfTask(task({ title: 'T' })).content, `[Task ${id}] T`);
  });
});
