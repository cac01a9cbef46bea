import { createServer } from 'node:net';

// Above the usual ports of a hub, and below those that systems take for outgoing connections (32768 and up): else one of those could get
// the port of a hub that is down for a moment. Each process has a hundred of its own, so that two of them are not given the same one.

const first = 24_000;
const each = 100;
const share = first + (process.pid % 80) * each;
let given = 0;

/** A port that nobody listens on, and that this process is not given again soon. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < each; tries += 1) {
    const port = share + (given++ % each);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${share} to ${share + each - 1} is free`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
