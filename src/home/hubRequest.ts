import { ClientRequest, type IncomingMessage } from 'node:http';
import { type OwnHub, provenConnection } from './provenConnection.ts';

/** A request to the hub. */
export interface HubRequest {
  method: string;
  /** With its query: `/hooks/…`. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array | undefined;
  /** Closes the connection, also while the answer is read. */
  signal?: AbortSignal | undefined;
}

/**
 * Sends a request over a proven connection of its own, and waits as long as it takes for the answer to begin. One that was kept could
 * close just as it is used, and then nobody knows what the hub has heard. Redirects are answers like any other.
 * @throws as `provenConnection` does, and then nothing was sent; any other error means that it is not known what the hub has heard
 */
export async function sendProven(hub: OwnHub, { method, path, headers, body, signal }: HubRequest): Promise<IncomingMessage> {
  const connection = await provenConnection(hub, signal);
  return new Promise((resolve, reject) => {
    // Not by `request`: the editor replaces that by one of its own, which chooses the connection by its settings of a proxy.
    const outgoing = new ClientRequest({ host: '127.0.0.1', port: hub.port, method, path, headers, createConnection: () => connection });
    const onAbort = (): void => void outgoing.destroy(signal?.reason as Error);
    // Nothing has been sent at this moment, and nothing is over another connection, whatever else was replaced.
    outgoing.on('socket', (socket) => socket === connection || outgoing.destroy(new Error('the connection is not the proven one')));
    outgoing.once('response', resolve);
    outgoing.on('close', () => signal?.removeEventListener('abort', onAbort));
    // It also comes after the answer has begun; who reads the answer sees that for themselves.
    outgoing.on('error', reject);
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort);
    outgoing.end(body);
  });
}
