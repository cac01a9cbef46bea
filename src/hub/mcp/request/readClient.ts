import type { IncomingMessage } from 'node:http';
import { bridgeHeader } from '../../../protocol/mcpTasks.ts';
import { isObject, type RpcObject } from '../../../protocol/rpc.ts';
import type { AgentIntroduction } from '../../service/agents.ts';
import { sessionConnection } from '../../service/caller.ts';

// What clients say of themselves. None of it is needed to serve them, so what is odd about it stops nobody.

/** Where clients of the newer era say it, with every request. */
export const metaKeys = {
  version: 'io.modelcontextprotocol/protocolVersion',
  client: 'io.modelcontextprotocol/clientInfo',
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
  logLevel: 'io.modelcontextprotocol/logLevel',
  relatedTask: 'io.modelcontextprotocol/related-task',
} as const;

/** An `Implementation` of MCP. */
export interface ClientInfo {
  name: string;
  version: string;
  title?: string;
}

/** What a client calls itself: an object, or no more than a name. */
export function readClient(value: unknown): ClientInfo {
  const given = isObject(value) ? value : { name: value };
  const title = text(given['title']);
  return { name: text(given['name']) ?? 'agent', version: text(given['version']) ?? '', ...(title !== undefined && { title }) };
}

/** Who sent a message with these params: it is said with `initialize` in the older era, with every request in the newer. */
export function introductionIn(params: RpcObject | undefined): AgentIntroduction | undefined {
  const meta = params?.['_meta'];
  const given = (isObject(meta) ? meta[metaKeys.client] : undefined) ?? params?.['clientInfo'];
  if (given === undefined) return undefined;
  const { version, ...client } = readClient(given);
  return { ...client, ...(version !== '' && { version }) };
}

/** What a client can do. Every capability is an object; some say no more than that they have it. */
export function readCapabilities(value: unknown): RpcObject {
  return isObject(value) ? members(value, (name, member) => (name in open ? members(member, asObject) : nested(name, member))) : {};
}

/** In these, any name may stand, and anything under it. */
const open = { experimental: true, extensions: true };
const flags: ReadonlySet<string> = new Set(['listChanged', 'applyDefaults']);

function nested(name: string, value: unknown): unknown {
  if (flags.has(name)) return typeof value === 'boolean' ? value : undefined;
  return isObject(value) ? members(value, nested) : asObject(name, value);
}

function asObject(_name: string, value: unknown): unknown {
  return value === true ? {} : isObject(value) ? value : undefined;
}

function members(value: unknown, read: (name: string, member: unknown) => unknown): RpcObject {
  if (!isObject(value)) return {};
  const kept = Object.entries(value).map(([name, member]) => [name, read(name, member)] as const);
  return Object.fromEntries(kept.filter(([, member]) => member !== undefined));
}

function text(value: unknown): string | undefined {
  const given = typeof value === 'number' ? String(value) : value;
  return typeof given === 'string' && given.trim() !== '' ? given.toWellFormed() : undefined;
}

const wellFormed = /^[\w-]{8,64}$/;

/**
 * The connection of an agent that comes over a bridge: in the newer era only the bridge tells its agent from another one of the same name.
 */
export function bridgeConnection({ headers }: IncomingMessage): string | undefined {
  const id = headers[bridgeHeader];
  return typeof id === 'string' && wellFormed.test(id) ? sessionConnection(`bridge.${id}`) : undefined;
}
