import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

// Above the usual ports of a hub, and below those that systems take for outgoing connections (32768 and up): else one of those could get
// the port of a hub that is down for a moment. Each process has a hundred of its own, so that two of them are not given the same one: it
// listens on a port that stands for them as long as it lives.

const first = 24_000;
const each = 100;
const shares = 80;
const locks = first - shares;

let own: Promise<{ begin: number }> | undefined;
let given = 0;

/** A port that nobody listens on, and that this process is not given again soon. */
export async function freePort(): Promise<number> {
  own ??= takeShare(process.pid);
  const { begin } = await own;
  for (let tries = 0; tries < each; tries += 1) {
    const port = begin + (given++ % each);
    const server = await listen(port);
    if (server === undefined) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
  throw new Error(`no port from ${begin} to ${begin + each - 1} is free`);
}

/**
 * Takes a hundred ports, from `begin` on, that no other process of tests on this machine takes until `lock` is closed. `wish` is where it
 * begins to look.
 */
export async function takeShare(wish: number): Promise<{ begin: number; lock: Server }> {
  for (let tries = 0; tries < shares; tries += 1) {
    const share = (wish + tries) % shares;
    const lock = await listen(locks + share);
    if (lock !== undefined) return { begin: first + share * each, lock: lock.unref() };
  }
  throw new Error('all ports for tests are taken by other processes');
}

/** `undefined`: somebody listens there. */
async function listen(port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, '127.0.0.1');
  return await once(server, 'listening').then(
    () => server,
    () => undefined,
  );
}
