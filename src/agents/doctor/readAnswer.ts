import type { ProbeAnswer } from './probeTypes.ts';

/** Reads a JSON-RPC message: the answer to the call `id`; `undefined` if it is something else. */
export function readAnswer(text: string, id: number): ProbeAnswer | undefined {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof message !== 'object' || message === null || !('id' in message) || message.id !== id) return undefined;
  if ('result' in message && typeof message.result === 'object') return { kind: 'result', result: message.result ?? {} };
  const error = 'error' in message ? (message.error as { message?: unknown } | null) : undefined;
  return { kind: 'refused', reason: typeof error?.message === 'string' ? error.message : 'it answered with an error' };
}
