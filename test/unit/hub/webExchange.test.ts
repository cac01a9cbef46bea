import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { whenClosed } from '../../../src/hub/http/whenClosed.ts';
import { toJsonResponse, writeWebResponse } from '../../../src/hub/mcp/webExchange.ts';

/** Runs `work` with the response of a real server, whose client hangs up when it is told to. */
async function withResponse(work: (response: ServerResponse, hangUp: () => void) => Promise<void>): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false });
  client.on('error', () => {});
  client.end();
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  await work(response, () => client.destroy());
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
}

describe('the end of an answer', () => {
  it('is told to whoever asks before it', async () => {
    await withResponse(async (response) => {
      let ended = 0;
      whenClosed(response, () => (ended += 1));
      response.end('x');
      await once(response, 'close');
      assert.equal(ended, 1);
    });
  });

  it('is told at once to whoever asks when nobody is left to read', async () => {
    await withResponse(async (response, hangUp) => {
      hangUp();
      await once(response, 'close');
      let ended = 0;
      whenClosed(response, () => (ended += 1));
      assert.equal(ended, 1);
    });
  });

  it('is told at once to whoever asks when it was written whole', async () => {
    await withResponse(async (response) => {
      response.end('x');
      await once(response, 'close');
      let ended = 0;
      whenClosed(response, () => (ended += 1));
      assert.equal(ended, 1);
    });
  });
});

describe('writing an answer', () => {
  const part = new Uint8Array(8 * 1024 * 1024);

  it('ends when its reader goes while the answer waits for it', async () => {
    await withResponse(async (response, hangUp) => {
      const writing = writeWebResponse(new Response(new ReadableStream({ pull: (controller) => controller.enqueue(part) })), response);
      hangUp();
      await writing;
    });
  });

  it('ends when its last part comes as its reader goes', async () => {
    await withResponse(async (response, hangUp) => {
      let controller: ReadableStreamDefaultController | undefined;
      const body = new ReadableStream({ start: (own) => void (controller = own) });
      // What else hears of the end may say something once more.
      response.on('close', () => controller?.enqueue(part));
      const writing = writeWebResponse(new Response(body), response);
      hangUp();
      await writing;
    });
  });
});

describe('a stream of messages as one piece of JSON', () => {
  const stream = (text: string) => new Response(text, { headers: { 'content-type': 'text/event-stream', 'mcp-session-id': 's' } });

  it('holds the answers, and nothing that was said on the way', async () => {
    const frame = (message: unknown) => `event: message\nid: 1\ndata: ${JSON.stringify(message)}\n\n`;
    const result = { jsonrpc: '2.0', id: 1, result: { text: 'data: {"id":7}\n\ndata: {}' } };
    const text = `id: 0\ndata: \n\n: keepalive\n\n${frame({ jsonrpc: '2.0', method: 'notifications/progress' })}${frame(result)}`;
    const answer = await toJsonResponse(stream(text));
    assert.deepEqual([answer.headers.get('content-type'), answer.headers.get('mcp-session-id')], ['application/json', 's']);
    assert.deepEqual(await answer.json(), result);
    assert.deepEqual(await (await toJsonResponse(stream(frame(result) + frame(result)))).json(), [result, result]);
  });

  it('is what is no stream, as it is', async () => {
    const answer = Response.json({ error: 1 }, { status: 404 });
    assert.equal(await toJsonResponse(answer), answer);
  });
});
