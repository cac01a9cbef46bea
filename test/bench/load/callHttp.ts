import { type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

/** An answer, whole. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Sends one call over a connection of `agent` and reads its answer. */
export function callHttp(
  agent: Agent,
  url: string,
  { method = 'POST', headers, body }: { method?: string; headers: OutgoingHttpHeaders; body?: unknown },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const given = { ...headers, ...(content !== undefined && { 'content-type': 'application/json', 'content-length': content.length }) };
    const sent = request(url, { agent, method, headers: given }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on('error', reject);
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // It went out on a connection that the server was just closing, because nothing had come for a while: nobody has read it.
      if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(callHttp(agent, url, { method, headers, body }));
      else reject(error);
    });
    sent.end(content);
  });
}
