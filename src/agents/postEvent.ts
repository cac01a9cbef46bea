import type { Socket } from 'node:net';
import { type HttpAnswer, readAnswer } from '../home/httpAnswer.ts';
import { provenConnection, UnprovenHubError } from '../home/provenConnection.ts';
import type { HubPlace } from './findHub.ts';

/**
 * Hands an event of a hook to the hub once that has proven itself, and waits as long as it takes for the whole answer.
 * @param headers beside those that every request has
 * @returns `undefined`: no hub is there, or it went away meanwhile
 */
export async function postEvent(
  hub: HubPlace,
  path: string,
  event: Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer | undefined> {
  const socket = await connectPatiently(hub).catch(() => undefined);
  if (socket === undefined) return undefined;
  const all = {
    host: `127.0.0.1:${hub.port}`,
    authorization: `Bearer ${hub.token}`,
    'content-type': 'application/json',
    'content-length': event.length,
    connection: 'close',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return await new Promise((resolve) => {
    let came = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      came = Buffer.concat([came, chunk]);
      const answer = readAnswer(came);
      if (answer === 'more') return;
      resolve(answer);
      socket.destroy();
    });
    socket.on('close', () => resolve(undefined));
    socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    socket.write(event);
  });
}

/** A hub that is late is asked once more: it was sent nothing yet, and agents wait half a minute for a hook. */
async function connectPatiently(hub: HubPlace): Promise<Socket> {
  try {
    return await provenConnection(hub);
  } catch (error) {
    if (!(error instanceof UnprovenHubError && error.isLate)) throw error;
    return await provenConnection(hub);
  }
}
