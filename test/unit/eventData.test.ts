import assert from 'node:assert/strict';
import { eventData } from '../support/eventData.ts';

describe('the events of a stream that a test reads', () => {
  const first = 'event: endpoint\ndata: /message?id=1\n\n';
  const second = 'event: message\ndata: {"text":"long"}\n\n';

  it('are there once all of them have come, wherever the bytes are divided', () => {
    const whole = first + second + second;
    for (let end = 0; end <= whole.length; end += 1) {
      const there = Math.max(0, whole.slice(0, end).split('\n\n').length - 2);
      assert.deepEqual(eventData(whole.slice(0, end)), Array.from({ length: there }).fill('{"text":"long"}'), `after ${end} characters`);
    }
  });

  it('hold the signs that end a line elsewhere', () => {
    const data = '{"text":"one\u2028two\u2029three\u0085four"}';
    assert.deepEqual(eventData(`id: 1\ndata: ${data}\n\n`), [data]);
  });
});
