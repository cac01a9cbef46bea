import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { unprovenHub } from '../protocol/names.ts';
import { attempt } from '../util/errors.ts';
import { readAnswer } from './httpAnswer.ts';
import { isProofOfHub } from './hubProof.ts';

/** A hub of this home folder: where it is said to be, and the secret by which it is known. */
export interface OwnHub {
  port: number;
  /** What `master-secret` says. */
  secret: string;
}

/** What answers there has not proven to be the hub. It has been sent nothing but the question. */
export class UnprovenHubError extends Error {
  override readonly name = 'UnprovenHubError';
  readonly code = unprovenHub;
  /** It has not answered in time, so it may be the hub, and busy. */
  readonly isLate: boolean;

  constructor(message: string, { isLate = false } = {}) {
    super(message);
    this.isLate = isLate;
  }
}

/** The only address that a hub listens on. */
const loopback = '127.0.0.1';

/** How long connecting and the proof may take together: a hub that is busy takes a while. Milliseconds. */
const proofMs = 5_000;

/** The largest answer that is read, with its headers. Bytes. */
const maxAnswer = 4 * 1024;

/**
 * Connects to the hub, and lets it prove that it is this home folder's. The connection is the caller's from then on, and whatever
 * holds its other end has proven itself: so a token goes over this connection and no other. It is one to the machine itself, past any
 * proxy. Each connection is proven anew.
 * @throws UnprovenHubError, or what the system says of a port that nobody listens on (`ECONNREFUSED`), or the reason of `signal`
 */
export function provenConnection({ port, secret }: OwnHub, signal?: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const nonce = randomBytes(16).toString('hex');
    const socket = connect({ port, host: loopback, noDelay: true });
    let came = Buffer.alloc(0);
    let late: NodeJS.Immediate | undefined;

    function end(failure: unknown): void {
      clearTimeout(timer);
      clearImmediate(late);
      signal?.removeEventListener('abort', onAbort);
      socket.off('data', read).off('close', onClose);
      if (failure === undefined) return resolve(socket);
      socket.destroy();
      reject(failure);
    }
    const refuse = (why: string, isLate = false): void =>
      end(new UnprovenHubError(`what listens on port ${port} has not proven to be the hub: ${why}`, { isLate }));
    const onAbort = (): void => end(signal?.reason);
    const onClose = (): void => refuse('it closed the connection');
    // The answer may be here already: a process that stood still has its timers before what came meanwhile. An immediate comes after that.
    const timer = setTimeout(() => (late = setImmediate(() => refuse('it took too long', true))), proofMs);

    function read(chunk: Buffer): void {
      came = Buffer.concat([came, chunk]);
      const answer = readAnswer(came);
      if (answer === 'more' && came.length <= maxAnswer) return;
      const { localPort: clientPort = 0 } = socket;
      const isProven = isProofOfHub(proofIn(answer), secret, { nonce, hubPort: port, clientPort });
      if (isProven) end(undefined);
      else refuse('its answer is no proof');
    }

    // It stays, so that a connection that breaks before the caller uses it ends no process.
    socket.on('error', (error) => end('code' in error && error.code === 'ECONNREFUSED' ? error : new UnprovenHubError(error.message)));
    socket.on('close', onClose);
    socket.on('data', read);
    socket.once('connect', () => {
      socket.write(`GET /health?nonce=${nonce} HTTP/1.1\r\nHost: ${loopback}:${port}\r\nAccept: application/json\r\n\r\n`);
    });
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort);
  });
}

function proofIn(answer: ReturnType<typeof readAnswer>): unknown {
  if (answer === 'more' || answer?.status !== 200) return undefined;
  return attempt(() => (JSON.parse(answer.body.toString()) as { proof?: unknown } | null)?.proof);
}
