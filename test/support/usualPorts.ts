import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { portsToTry } from '../../src/hub/http/portsToTry.ts';
import { waitFor } from './waitFor.ts';

/** The ports of a hub for which none was set: the same ten on the whole machine. */
export const usualPorts = portsToTry(undefined, undefined);

/** Above those, and below the ones that `freePort` gives. */
const lockPort = (usualPorts.at(-1) ?? 0) + 1;

/** Within a `describe`: begins once no other run of tests on this machine has hubs at the usual ports. A run that dies gives them back. */
export function takeTurnsAtUsualPorts(): void {
  let lock: Server;
  before(async () => {
    await waitFor(
      'the usual ports, which another run of tests has',
      async () => {
        lock = createServer().listen(lockPort, '127.0.0.1');
        return await once(lock, 'listening').then(
          () => true,
          () => false,
        );
      },
      110_000,
    );
  });
  after(() => void lock.close());
}
