import * as z from 'zod/mini';

// AgentRQ's ids: 63 bits as base 62, always 11 characters, in the order of their creation. Gateways match
// `agentrq-[a-zA-Z0-9]{11}`, so the width and the alphabet are part of the protocol.

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const epochMs = Date.UTC(2024, 5, 1);
const nodeId = 1n;
const sequenceBits = 13n;
const nodeBits = 10n;

/** 11 characters of `[0-9A-Za-z]`; sorts by creation. */
export const idSchema = z.string().check(z.regex(/^[0-9A-Za-z]{11}$/, 'must be 11 letters or digits'));

/** Makes ids, each greater than the last one, also when the clock stands still or goes back. */
export function createIdGenerator(now: () => number): () => string {
  let lastMs = 0;
  let sequence = 0n;
  return () => {
    const ms = Math.max(now() - epochMs, lastMs);
    sequence = ms === lastMs ? sequence + 1n : 0n;
    lastMs = ms;
    if (sequence >> sequenceBits !== 0n) {
      lastMs += 1;
      sequence = 0n;
    }
    return encode((BigInt(lastMs) << (sequenceBits + nodeBits)) | (sequence << nodeBits) | nodeId);
  };
}

const half = 62n ** 6n;

function encode(value: bigint): string {
  return digits(Number(value / half), 5) + digits(Number(value % half), 6);
}

function digits(value: number, count: number): string {
  let text = '';
  for (let rest = value; text.length < count; rest = Math.floor(rest / 62)) text = alphabet.charAt(rest % 62) + text;
  return text;
}
