import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { portHolder } from '../../../src/host/portHolder.ts';

describe('who has a port', () => {
  // Other systems show it to no program that starts none.
  if (process.platform === 'linux') {
    it('is the program that listens there, and nobody once it has stopped', async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      const holder = await portHolder(port);
      assert.equal(holder?.pid, process.pid);
      assert.ok((holder?.program ?? '') !== '');
      server.close();
      await once(server, 'close');
      assert.equal(await portHolder(port), undefined);
    });
  }

  it('is not known of a port that nobody can have', async () => {
    assert.equal(await portHolder(0), undefined);
  });
});
