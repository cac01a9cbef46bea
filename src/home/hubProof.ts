import { createHmac, timingSafeEqual } from 'node:crypto';

// Whatever listens on the hub's port is a stranger until it has proven that it can read `master-secret`. It answers a number that was
// never used before with a code that only the secret makes. The code covers the connection as well: a stranger that passes the number
// on to the real hub asks over another connection, and gets a code for that one.

/** What a proof is made for. */
export interface Challenge {
  /** 32 hex digits, used once. */
  nonce: string;
  /** The port that the hub has bound. */
  hubPort: number;
  /** The port at the other end of the connection that the question came over. No two connections to a port have the same at a time. */
  clientPort: number;
}

/** A nonce, and nothing else. */
export const noncePattern = /^[0-9a-f]{32}$/;

/** The proof: 43 characters. The key is derived for this alone. */
export function proofOfHub(masterSecret: string, { nonce, hubPort, clientPort }: Challenge): string {
  const key = createHmac('sha256', masterSecret).update('hub-proof:1').digest();
  return createHmac('sha256', key).update(`${nonce}:${hubPort}:${clientPort}`).digest('base64url');
}

/** Whether it is the proof; the time that this takes tells nothing of it. */
export function isProofOfHub(given: unknown, masterSecret: string, challenge: Challenge): boolean {
  const wanted = Buffer.from(proofOfHub(masterSecret, challenge));
  const bytes = Buffer.from(typeof given === 'string' ? given : '');
  return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
}
