import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';

// Loaded into the hub's process before the hub (`node --import`): what agents send and get goes into the file that AGENTRQ_TRAFFIC
// names, a line of JSON for each exchange once it is over. Tokens are left out; what is written to disk is for reading by hand.

const file = process.env['AGENTRQ_TRAFFIC'];

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

if (file !== undefined) {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as Exchange;
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (!/^\/(?:mcp|sse|hooks)\//.test(path)) return;
    const begun = Date.now();
    const sent: Buffer[] = [];
    const got: Buffer[] = [];
    // Everything that is read passes here, and nothing is read earlier or later because of it.
    const push = request.push.bind(request);
    request.push = (chunk: Buffer | null, encoding) => {
      if (chunk !== null) sent.push(chunk);
      return push(chunk, encoding);
    };
    keepWritten(response, got);
    response.once('close', () => {
      const { method, headers } = request;
      const { authorization: _, ...shown } = headers;
      const line = {
        at: new Date(begun).toISOString(),
        ms: Date.now() - begun,
        method,
        path,
        headers: shown,
        sent: Buffer.concat(sent).toString(),
        status: response.statusCode,
        whole: response.writableFinished,
        got: Buffer.concat(got).toString(),
      };
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    });
  });
}

function keepWritten(response: ServerResponse, into: Buffer[]): void {
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) into.push(Buffer.from(chunk as string));
  };
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  response.write = ((...args: Parameters<typeof write>) => {
    keep(args[0]);
    return write(...args);
  }) as typeof response.write;
  response.end = ((...args: Parameters<typeof end>) => {
    keep(args[0]);
    return end(...args);
  }) as typeof response.end;
}
