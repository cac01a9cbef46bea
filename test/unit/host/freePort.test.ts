import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { freePort } from '../../../src/host/freePort.ts';

describe('a port that nobody has', () => {
  it('can be listened on, and is none that the system gives to outgoing connections', async () => {
    const port = await freePort();
    assert.ok(port >= 20_000 && port < 30_000);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
  });
});
