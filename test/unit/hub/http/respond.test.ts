import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendError } from '../../../../src/hub/http/respond.ts';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import { openConnection } from '../../../support/rawHttp.ts';
import { waitFor } from '../../../support/waitFor.ts';

describe('a refusal of what is still being sent', () => {
  let server: Server;
  let port: number;
  /** Whether the response was over once it was refused. */
  let wasOver: boolean | undefined;
  const whole = '{"error":{"code":"unauthorized","message":"No."}}';

  before(async () => {
    server = createServer((request, response) => {
      const refuse = (): void => {
        sendError(response, new HubError('unauthorized', 'No.'));
        wasOver = response.writableEnded;
      };
      if (request.url === '/read') request.resume().once('end', refuse);
      else refuse();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });

  after(() => server.close());

  const post = (length: number): string => `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n`;

  it('is there at once, and its connection ends with the body', async () => {
    const connection = openConnection(port);
    connection.write(`${post(20)}0123456789`);
    await waitFor('the answer', () => connection.text().endsWith(whole));
    assert.equal(wasOver, false, 'who sends is not cut off yet');
    connection.write('0123456789');
    const [reply] = await connection.whole();
    assert.deepEqual([reply?.status, reply?.headers.get('connection')], [401, 'close']);
  });

  it('does not wait for one that never ends', async () => {
    const connection = openConnection(port);
    connection.write(post(20));
    const replies = await connection.whole();
    assert.deepEqual(
      replies.map(({ status }) => status),
      [401],
    );
  });

  it('leaves the connection open where there was no body, or all of it was there', async () => {
    const connection = openConnection(port);
    connection.write('GET / HTTP/1.1\r\nhost: x\r\n\r\nGET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    assert.equal((await connection.whole()).length, 2);
    const another = openConnection(port);
    another.write(`${post(2).replace('/', '/read')}{}GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    assert.equal((await another.whole()).length, 2);
  });
});
