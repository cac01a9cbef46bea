import { Agent, type IncomingMessage, request } from 'node:http';

/** What became of a request. */
export type Sent =
  | { kind: 'answered'; response: IncomingMessage }
  /** Nobody took the connection: the hub has surely not heard of it. */
  | { kind: 'refused' }
  /** The connection broke before an answer began: whether the hub heard of it is not known. */
  | { kind: 'broken' };

export interface HubCall {
  method: 'POST' | 'GET' | 'DELETE';
  /** The whole address. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Buffer | undefined;
  /** Closes the connection, also while the answer is read. */
  signal?: AbortSignal | undefined;
}

/** How long a connection to this very machine may take. */
const connectMs = 2_000;

// A connection for each call: one that was kept could close just as it is used, and then nobody knows what the hub has heard. An agent
// of our own also means that no proxy of the environment sees the token. `fetch` would end a call that is quiet for five minutes.
const connections = new Agent({ keepAlive: false });

/** Sends one request, and waits as long as it takes for the answer to begin. */
export function sendToHub({ method, url, headers, body, signal }: HubCall): Promise<Sent> {
  return new Promise((resolve) => {
    let connected = false;
    const outgoing = request(url, { method, agent: connections, headers, ...(signal !== undefined && { signal }) });
    const tooLong = setTimeout(() => connected || outgoing.destroy(), connectMs);
    outgoing.on('socket', (socket) => {
      socket.once('connect', () => {
        connected = true;
        clearTimeout(tooLong);
      });
    });
    outgoing.once('response', (response) => resolve({ kind: 'answered', response }));
    // It also comes after the answer has begun; who reads the answer sees that for themselves.
    outgoing.on('error', () => {
      clearTimeout(tooLong);
      resolve({ kind: connected ? 'broken' : 'refused' });
    });
    outgoing.end(body);
  });
}
