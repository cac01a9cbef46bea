import { createServer, type Server } from 'node:http';
import { healthSchema } from '../../protocol/operations.ts';
import { describeError } from '../../util/errors.ts';
import type { Logger } from '../../util/log.ts';
import { StartError } from '../startError.ts';
import { refuseWhatIsNoRequest } from './refuseWhatIsNoRequest.ts';

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
 * Binds the port (0: any free one). Whoever has it is the hub of this machine, so this comes before anything is opened.
 * @throws StartError `port-taken-by-hub`, `port-taken` or `listen-failed`
 */
export async function listen(
  port: number,
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
  refuseWhatIsNoRequest(server, log);
  await bind(server, port);
  // Such as a connection that could not be taken, because too many files are open: the next one may be.
  server.on('error', (error) => log.warn(`the hub's port: ${describeError(error)}`));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no address');
  return { server, port: address.port };
}

/**
 * Only a hub answers as one; nothing secret is sent to find out. A program that was killed keeps its port until all of it has gone, so what
 * answers nobody is given that time.
 */
async function bind(server: Server, port: number, patience = true): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, loopback, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) {
      throw new StartError(
        'listen-failed',
        `The hub can't listen on port ${port} of this machine. Choose another one in the setting agentrq.hub.port (--port on the command line).`,
        { cause },
      );
    }
    if (await isHubAt(`http://${loopback}:${port}`)) {
      throw new StartError('port-taken-by-hub', `Another AgentRQ hub is running on port ${port} already.`, { cause });
    }
    if (!patience) {
      throw new StartError(
        'port-taken',
        `Port ${port} is taken by another program. Stop that program, or choose another port in the setting agentrq.hub.port (--port on the command line), and connect your agents again.`,
        { cause },
      );
    }
    await new Promise((resolve) => setTimeout(resolve, dyingMs));
    await bind(server, port, false);
  }
}

/** Whether a hub answers at this address. It is sent no token. */
export async function isHubAt(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000), redirect: 'error' });
    healthSchema.parse(await response.json());
    return true;
  } catch {
    return false;
  }
}
