import type { IncomingMessage } from 'node:http';
import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';
import { findJsonLimitViolation } from '../../util/jsonShape.ts';
import { headerLines } from './headers.ts';

/** What the requests with one token may have half sent at a time: bodies are held until they are whole. Bytes. */
const unfinishedBytes = 8 * limits.bodyBytes;
const unfinished = new Map<string, number>();

/**
 * Reads a request's JSON body; `undefined` if it has none.
 * @throws HubError `unsupported_media_type`, `payload_too_large`, `too_many_requests`, `malformed_json` or `bad_request`
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  // Half of a surrogate pair can be written as an escape, but neither stored nor sent as UTF-8.
  return text === undefined ? undefined : parseBody(text, (json) => JSON.parse(json, hasHalves(json) ? wellFormed : undefined));
}

/** The text of a JSON body; `undefined` if the request has none. @throws HubError as `readJson`, but for what stands in the text */
export async function readText(request: IncomingMessage): Promise<string | undefined> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limits.bodyBytes) throw tooLarge(limits.bodyBytes);
  if (declared === 0 && request.headers['transfer-encoding'] === undefined) return undefined;
  if (!isPlainJson(request)) {
    throw new HubError('unsupported_media_type', 'Send the body as plain JSON, with “Content-Type: application/json”.');
  }
  const bytes = await readBytes(request, limits.bodyBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw malformed(error);
  }
}

/** @throws HubError `payload_too_large` or `malformed_json` */
export function parseBody(text: string, parse: (json: string) => unknown): unknown {
  const excess = findJsonLimitViolation(text);
  if (excess === 'depth') throw new HubError('payload_too_large', 'The body is nested too deeply.');
  if (excess === 'elements') throw new HubError('payload_too_large', 'The body has too many elements. Send less at a time.');
  try {
    return parse(text);
  } catch (error) {
    throw malformed(error);
  }
}

/** May an escape in this JSON be half of a surrogate pair? */
export function hasHalves(json: string): boolean {
  return /\\u[dD][89a-fA-F]/.test(json);
}

/** The bytes of a file. @throws HubError `payload_too_large`, `too_many_requests`, `unsupported_media_type` or `bad_request` */
export async function readFileBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limits.attachmentBytes) throw tooLarge(limits.attachmentBytes);
  if (isEncoded(request)) {
    throw new HubError('unsupported_media_type', 'Send the file as it is, without an encoding.');
  }
  return await readBytes(request, limits.attachmentBytes);
}

const charsets: ReadonlySet<string | undefined> = new Set([undefined, '', 'utf-8', 'utf8', 'utf_8', 'us-ascii', 'ascii']);

/** One type, no encoding, and no character set but the one that JSON has, however it is spelled. */
function isPlainJson(request: IncomingMessage): boolean {
  const [type = '', ...others] = headerLines(request, 'content-type');
  const [name = '', ...parameters] = type.split(';').map((part) => part.trim().toLowerCase());
  const [, charset] =
    parameters.map((parameter) => /^charset\s*=\s*["']?([^"']*)["']?$/.exec(parameter)).find((found) => found !== null) ?? [];
  return name === 'application/json' && others.every((other) => other === type) && charsets.has(charset?.trim()) && !isEncoded(request);
}

/** “identity” says that it is not. */
function isEncoded({ headers }: IncomingMessage): boolean {
  return !/^(?:identity)?$/i.test(headers['content-encoding']?.trim() ?? '');
}

async function readBytes(request: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const owner = request.headers.authorization ?? '';
  const hold = (more: number): number => {
    const held = (unfinished.get(owner) ?? 0) + more;
    if (held > 0) unfinished.set(owner, held);
    else unfinished.delete(owner);
    return held;
  };
  try {
    // What is refused may have to run out (`endAfterBody`), so it is not destroyed.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (hold(chunk.length) > unfinishedBytes) {
        throw new HubError('too_many_requests', 'Too much is being sent with this token at a time. Let some of it arrive first.');
      }
      if (bytes > most) throw tooLarge(most);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof HubError ? error : new HubError('bad_request', 'The body broke off.', { cause: error });
  } finally {
    hold(-bytes);
  }
  return Buffer.concat(chunks, bytes);
}

function malformed(cause: unknown): HubError {
  return new HubError('malformed_json', 'The body is not valid JSON in UTF-8.', { cause });
}

function tooLarge(most: number): HubError {
  return new HubError('payload_too_large', `The body is larger than ${most / 1024 / 1024} MiB. Send less at a time.`);
}

function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
