import assert from 'node:assert/strict';
import { takeShare } from '../support/freePort.ts';

describe('the ports that tests take', () => {
  it('are others in each process, whatever its number', async () => {
    const [one, other] = [await takeShare(7), await takeShare(7)];
    assert.notEqual(one.begin, other.begin);
    for (const { lock } of [one, other]) lock.close();
  });
});
