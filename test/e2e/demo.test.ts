import assert from 'node:assert/strict';
import { playDemo } from '../../scripts/playDemo.ts';
import { workbenchSuite } from './fixture.ts';

workbenchSuite('the demo', {}, ({ product, window }) => {
  it('plays itself, and the practice agent gets exactly what was clicked and typed', async () => {
    assert.equal(await playDemo(product, window), true);
  });
});
