import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { assertNever } from '../../../src/util/errors.ts';
import { type Peer, peers } from '../bench.ts';
import { answerBench } from './answerBench.ts';
import { createBareServer } from './bareServer.ts';
import { createBetterSse } from './betterSse.ts';
import type { PeerOptions, PeerServer } from './peer.ts';
import { readLines } from './readLines.ts';

// A server to measure beside the hub: `node peerProcess.ts --system floor`. Streams at any address, the same door for publishing, and
// `{}` for whatever else is posted.

const { values } = parseArgs({
  options: {
    system: { type: 'string', default: 'floor' },
    keepalive: { type: 'string', default: '15000' },
    history: { type: 'string', default: '0' },
  },
});
const system = peers.find((name) => name === values.system);
if (system === undefined) throw new Error(`--system takes one of ${peers.join(', ')}.`);
const peer = createPeer(system, { keepaliveMs: Number(values.keepalive), history: Number(values.history) });

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    const after = request.headers['last-event-id'];
    peer.subscribe(request, response, typeof after === 'string' ? Number(after) : undefined);
  } else void answerPost(request, response);
});
// As the hub of the benchmarks, which ends no connection either.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => answerBench(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => {}));

async function answerPost(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/_bench/publish') {
    await readLines(request, (lines) => peer.publish(lines));
    response.writeHead(204).end();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  JSON.parse(Buffer.concat(chunks).toString());
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 2 }).end('{}');
}

function createPeer(name: Peer, options: PeerOptions): PeerServer {
  switch (name) {
    case 'floor':
    case 'coalesced':
      return createBareServer(options, name === 'coalesced');
    case 'better-sse':
      return createBetterSse(options);
    default:
      return assertNever(name);
  }
}
