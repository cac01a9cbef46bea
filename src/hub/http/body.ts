import type { IncomingMessage } from 'node:http';
import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';

/**
 * Reads a request's JSON body; `undefined` if it has none.
 * @throws HubError `unsupported_media_type`, `payload_too_large` or `malformed_json`
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limits.bodyBytes) throw tooLarge();
  if (declared === 0 && request.headers['transfer-encoding'] === undefined) return undefined;
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' || request.headers['content-encoding'] !== undefined) {
    throw new HubError('unsupported_media_type', 'Send the body as plain JSON, with “Content-Type: application/json”.');
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limits.bodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks, bytes));
    // Half of a surrogate pair can be written as an escape, but neither stored nor sent as UTF-8.
    return /\\u[dD][89a-fA-F]/.test(text) ? JSON.parse(text, wellFormed) : JSON.parse(text);
  } catch (error) {
    throw new HubError('malformed_json', 'The body is not valid JSON in UTF-8.', { cause: error });
  }
}

function tooLarge(): HubError {
  return new HubError('payload_too_large', `The body is larger than ${limits.bodyBytes / 1024 / 1024} MiB. Send less at a time.`);
}

function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
