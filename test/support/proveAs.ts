import type { Socket } from 'node:net';
import { proofOfHub } from '../../src/home/hubProof.ts';

/**
 * The answer to a question for a proof, from a server that stands in the hub's place or before it, and knows the secret of its home;
 * `undefined` if it was asked something else. @param target the path of the request, with its query
 */
export function proveAs(secret: string, target: string, { localPort = 0, remotePort = 0 }: Socket): string | undefined {
  const nonce = /^\/health\?nonce=(\w+)$/.exec(target)?.[1];
  if (nonce === undefined) return undefined;
  return JSON.stringify({ proof: proofOfHub(secret, { nonce, hubPort: localPort, clientPort: remotePort }) });
}
