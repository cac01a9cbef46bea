import { createServer, type Server } from 'node:http';
import { describeError } from '../../util/errors.ts';
import type { Logger } from '../../util/log.ts';
import { translatable } from '../../util/sentence.ts';
import { StartError } from '../lifecycle/startError.ts';
import { handleMalformedRequests } from './handleMalformedRequests.ts';
import { looksLikeHub } from './looksLikeHub.ts';

/** The only address that the hub listens on: this machine. */
export const loopback = '127.0.0.1';

const dyingMs = 200;

/** What one connection may take, and all of them. Times are how long a request may take to arrive; an answer takes as long as it takes. */
export interface ConnectionLimits {
  headersMs: number;
  requestMs: number;
  /** How often that is looked at. */
  checkMs: number;
  /** How long a connection stays open between two requests. */
  idleMs: number;
  headerBytes: number;
  connections: number;
}

export const connectionLimits: ConnectionLimits = {
  headersMs: 10_000,
  requestMs: 15_000,
  checkMs: 2_000,
  idleMs: 5_000,
  headerBytes: 16 * 1024,
  connections: 10_000,
};

/**
 * Binds the first of these ports that is free (0: any free one).
 * @throws StartError `port-taken`, `port-taken-by-hub`, `ports-taken` or `listen-failed`
 */
export async function listen(
  ports: readonly number[],
  { log, limits = connectionLimits }: { log: Logger; limits?: ConnectionLimits | undefined },
): Promise<{ server: Server; port: number }> {
  const server = createServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
    keepAliveTimeout: limits.idleMs,
    maxHeaderSize: limits.headerBytes,
  });
  server.maxConnections = limits.connections;
  // All that fit into `headerBytes`: Node drops those that are too many without a word, and one of them may have been the `Origin`.
  server.maxHeadersCount = 0;
  handleMalformedRequests(server, log);
  await bindFirst(server, ports);
  // Such as a connection that could not be taken, because too many files are open: the next one may be.
  server.on('error', (error) => log.warn(`the hub's port: ${describeError(error)}`));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no address');
  return { server, port: address.port };
}

/**
 * A program that was killed keeps its port until all of it has gone, so the first of the ports, which is the user's choice or where the
 * hub was before, is tried once more a little later.
 */
async function bindFirst(server: Server, ports: readonly number[]): Promise<void> {
  const [first = 0] = ports;
  let isHub = false;
  for (const port of [first, ...ports]) {
    if (await bind(server, port)) return;
    if (port !== first) continue;
    isHub ||= await looksLikeHub(first);
    if (!isHub) await new Promise((resolve) => setTimeout(resolve, dyingMs));
  }
  if (ports.length > 1) {
    throw new StartError(
      'ports-taken',
      translatable(
        'The ports from {0} to {1} are all taken by other programs. Choose another one in the setting agentrq.hub.port.',
        Math.min(...ports),
        Math.max(...ports),
      ),
    );
  }
  if (isHub) {
    throw new StartError(
      'port-taken-by-hub',
      translatable(
        'Another AgentRQ hub, of another user or another folder, has port {0}. Choose another port, or none, in the setting agentrq.hub.port.',
        first,
      ),
      { port: first },
    );
  }
  throw new StartError(
    'port-taken',
    translatable(
      'Port {0} is taken by another program. Stop that program, or choose another port, or none, in the setting agentrq.hub.port, and connect your agents again.',
      first,
    ),
    { port: first },
  );
}

/** Whether the port was free. */
async function bind(server: Server, port: number): Promise<boolean> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, loopback, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') return false;
    throw new StartError(
      'listen-failed',
      translatable('The hub can’t listen on port {0} of this machine. Choose another one in the setting agentrq.hub.port.', port),
      { cause, port },
    );
  }
}
