import type { IncomingMessage } from 'node:http';
import { isObject } from '../../../protocol/rpc.ts';
import { metaKeys } from './readClient.ts';
import type { Post, WireMessage } from './readPost.ts';

/** The first revision of MCP that has no sessions. */
const newer = '2026-07-28';

/**
 * Is this POST of the era of sessions? A request of the newer one names its revision in itself; without that, its header decides. What
 * names it in one of both ways and is wrong otherwise belongs to the newer era, which says so.
 */
export function isOlder({ headers }: IncomingMessage, { body }: Post): boolean {
  if (Array.isArray(body)) return !body.some((message) => revisionIn(message) !== undefined);
  const revision = revisionIn(body);
  // It begins a session, whatever the headers say.
  if (body.method === 'initialize') return revision === undefined || revision < newer;
  if (headers['mcp-session-id'] !== undefined && headers['mcp-method'] === undefined) return true;
  if (revision !== undefined) return false;
  const header = headers['mcp-protocol-version'];
  return body.method === undefined || typeof header !== 'string' || header.trim() < newer;
}

function revisionIn({ params }: WireMessage): string | undefined {
  const meta = params?.['_meta'];
  const revision = isObject(meta) ? meta[metaKeys.version] : undefined;
  return typeof revision === 'string' ? revision : undefined;
}
