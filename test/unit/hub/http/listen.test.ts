import assert from 'node:assert/strict';
import { once } from 'node:events';
import { listen } from '../../../../src/hub/http/listen.ts';
import { createLogger } from '../../../../src/util/log.ts';

describe("the hub's port", () => {
  it('stays open when a connection could not be taken', async () => {
    const lines: string[] = [];
    const { server, port } = await listen([0], { log: createLogger((_level, line) => lines.push(line)) });
    server.emit('error', new Error('accept EMFILE'));
    assert.deepEqual(lines, ["the hub's port: accept EMFILE"]);
    server.on('request', (_request, response) => response.end('x'));
    assert.equal(await (await fetch(`http://127.0.0.1:${port}`)).text(), 'x');
    server.closeAllConnections();
    await once(server.close(), 'close');
  });
});
