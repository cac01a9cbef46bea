import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '../../util/log.ts';

/**
 * Answers requests that are malformed or arrive too slowly with an error status, and closes the connection: after a malformed request the
 * start of the next one is unknown.
 */
export function handleMalformedRequests(server: Server, log: Logger): void {
  const newest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => void newest.set(socket, response));

  server.on('clientError', (error: Error & { code?: string }, socket) => {
    log.trace(`a connection was refused: ${error.code ?? error.message}`);
    const answer = newest.get(socket);
    // One without the socket waits behind another that has it.
    const hasBegun = answer !== undefined && !answer.writableFinished && (answer.headersSent || answer.socket === null);
    if (!socket.writable || hasBegun || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const status = statusOf(error.code);
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\ncache-control: no-store\r\n\r\n`,
      () => socket.destroy(),
    );
  });
}

function statusOf(code: string | undefined): number {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return 431;
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 413;
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 408;
    default:
      return 400;
  }
}
