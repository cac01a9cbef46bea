import assert from 'node:assert/strict';
import { playDemo } from '../../scripts/playDemo.ts';

describe('the demo', function () {
  this.timeout(180_000);

  it('plays itself, and the practice agent gets exactly what was clicked and typed', async () => {
    assert.equal(await playDemo(), true);
  });
});
