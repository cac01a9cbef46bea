import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Challenge, noncePattern } from '../../home/hubProof.ts';
import { HubError } from '../../protocol/hubErrors.ts';
import { idSchema } from '../../protocol/ids.ts';
import { protocolVersion } from '../../protocol/limits.ts';
import { apiPrefix, type Health } from '../../protocol/operations.ts';
import { assertNever, describeError } from '../../util/errors.ts';
import type { Logger } from '../../util/log.ts';
import type { Background } from '../lifecycle/background.ts';
import type { HookEndpoint } from '../hooks/hookEndpoint.ts';
import type { EventLog } from '../log/eventLog.ts';
import type { Fanout } from '../log/fanout.ts';
import type { PresenceFeed } from '../log/presenceFeed.ts';
import type { McpEndpoint } from '../mcp/mcpEndpoint.ts';
import { findWorkspace } from '../service/lookup.ts';
import type { Store } from '../storage/store.ts';
import type { Tokens } from '../identity/tokens.ts';
import type { AttachmentDoor } from './attachmentDoor.ts';
import { readJson } from './body.ts';
import { openEventStream } from './eventStreams.ts';
import { checkSender, requireAgent, requirePerson } from './gate.ts';
import type { OpenResponses } from './openResponses.ts';
import type { PersonStreams } from './personStreams.ts';
import { sendError, sendJson, sendRpcError, toHubError } from './respond.ts';
import type { Rest } from './rest.ts';
import { parseTarget } from './target.ts';

/** What the hub's addresses lead to. */
export interface RouterDeps {
  port: number;
  hubId: string;
  /** Proves to whoever asks over a connection that this is the hub of its home folder. */
  prove: (challenge: Challenge) => string;
  tokens: Tokens;
  store: Store;
  eventLog: EventLog;
  presence: PresenceFeed;
  fanout: Fanout;
  rest: Rest;
  attachments: AttachmentDoor;
  mcp: McpEndpoint;
  hooks: HookEndpoint;
  personStreams: PersonStreams;
  /** What agents have open, by their workspace. */
  ofAgents: OpenResponses;
  background: Background;
  log: Logger;
}

/** An address of agents; all else is the person's. */
type AgentAddress = { workspaceId: string } & ({ door: 'mcp' | 'sse' | 'sse/messages' } | { door: 'hooks'; dialect: string });

/** Leads every request to where it belongs. Checks come first: host, origin, target, token, and only then the body. */
export function createRouter(deps: RouterDeps): (request: IncomingMessage, response: ServerResponse) => void {
  const noteBreak = (error: Error): void => deps.log.trace(`a connection broke: ${error.message}`);
  return (request, response) => {
    response.on('error', noteBreak);
    try {
      route(deps, request, response)?.catch((error: unknown) => refuse(deps, request, response, error));
    } catch (error) {
      refuse(deps, request, response, error);
    }
  };
}

/** Nothing is awaited for a stream: thousands of them may come back at once. */
function route(deps: RouterDeps, request: IncomingMessage, response: ServerResponse): Promise<void> | undefined {
  checkSender(request, deps.port);
  const { path, query } = parseTarget(request);
  const address = agentAddress(path);
  if (address === undefined) return routePerson(deps, request, response, path, query);
  return routeAgent(deps, request, response, address, query);
}

function refuse({ log, background }: RouterDeps, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  try {
    const { method = '', url = '' } = request;
    const hubError = toHubError(error, background);
    log.trace(`${method} ${forLog(url)}: ${hubError.code}`);
    // MCP clients read a refusal of theirs only if it has their shape.
    if (/^\/(mcp|sse)\//.test(url)) sendRpcError(response, hubError);
    else sendError(response, hubError);
  } catch (failure) {
    response.destroy();
    log.error(`an answer could not be written: ${describeError(failure)}`);
  }
}

/** A path may hold anything, a token too: no part of it is written down that is longer than our names and ids. */
function forLog(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path.replace(/[^/]{24,}/g, '…').slice(0, 200);
}

async function routeAgent(
  deps: RouterDeps,
  request: IncomingMessage,
  response: ServerResponse,
  address: AgentAddress,
  query: URLSearchParams,
): Promise<void> {
  const { door, workspaceId } = address;
  if (!idSchema.safeParse(workspaceId).success) {
    throw new HubError('invalid_workspace_id', 'The address names no workspace. It ends with 11 letters and digits.');
  }
  // A token stands in the address for the sake of AgentRQ's gateways, which have no hooks.
  requireAgent(request, deps.tokens, workspaceId, door === 'hooks' ? new URLSearchParams() : query);
  deps.ofAgents.add(workspaceId, response);
  switch (door) {
    case 'mcp':
      await deps.mcp.handle(request, response, workspaceId);
      return;
    case 'sse':
      await deps.mcp.handleSse(request, response, workspaceId, {
        kind: 'stream',
        token: request.headers.authorization === undefined ? (query.get('token') ?? undefined) : undefined,
      });
      return;
    case 'sse/messages':
      await deps.mcp.handleSse(request, response, workspaceId, { kind: 'messages', sessionId: query.get('sessionId') });
      return;
    case 'hooks':
      await deps.hooks.handle(request, response, workspaceId, address.dialect);
      return;
    default:
      assertNever(door);
  }
}

function routePerson(
  deps: RouterDeps,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: URLSearchParams,
): Promise<void> | undefined {
  const method = request.method ?? 'GET';
  if (path === '/health' && method === 'GET') {
    const nonce = query.get('nonce') ?? '';
    const health: Health = {
      name: 'agentrq',
      protocolVersion,
      hubId: deps.hubId,
      // What it was asked as doesn't count: the port is the one that it has bound.
      ...(noncePattern.test(nonce) && { proof: deps.prove({ nonce, hubPort: deps.port, clientPort: request.socket.remotePort ?? 0 }) }),
    };
    sendJson(response, 200, health);
    return undefined;
  }
  // Nobody logs in here: a client that looks for a place to do so, with or without a token, finds none and stops looking.
  if (!path.startsWith(`${apiPrefix}/`)) throw new HubError('not_found', 'There is nothing at this address.');
  const personId = requirePerson(request, deps.tokens);
  const stream = streamPattern.exec(path);
  if (stream !== null) {
    if (method !== 'GET') {
      response.setHeader('allow', 'GET');
      throw new HubError('method_not_allowed', `${method} is not possible at this address.`);
    }
    const workspaceId = stream[1] === undefined ? undefined : findWorkspace(deps.store, stream[1]).id;
    deps.personStreams.enter(personId, response);
    openEventStream({ log: deps.eventLog, presence: deps.presence, fanout: deps.fanout }, request, response, { workspaceId, query });
    return undefined;
  }
  return answerPerson(deps, request, response, { method, path, query });
}

async function answerPerson(
  deps: RouterDeps,
  request: IncomingMessage,
  response: ServerResponse,
  { method, path, query }: { method: string; path: string; query: URLSearchParams },
): Promise<void> {
  if (await deps.attachments(request, response, path, query)) return;
  const { status, body } = await deps.rest({ method, path, query, body: () => readJson(request) });
  sendJson(response, status, body);
}

const streamPattern = new RegExp(`^${apiPrefix}/(?:events/stream|workspaces/([^/]+)/events)$`);

function agentAddress(given: string): AgentAddress | undefined {
  // Some clients end every address with a slash.
  const path = given.replace(/(?<=.)\/$/, '');
  const [hook, hookWorkspace = '', dialect = ''] = /^\/hooks\/([^/]+)\/([a-z-]+)$/.exec(path) ?? [];
  if (hook !== undefined) return { door: 'hooks', workspaceId: hookWorkspace, dialect };
  const [, door, workspaceId = ''] = /^\/(mcp|sse)\/([^/]+)$/.exec(path) ?? /^\/(sse)\/([^/]+)\/messages$/.exec(path) ?? [];
  if (door === 'mcp') return { door, workspaceId };
  return door === undefined ? undefined : { door: path.endsWith('/messages') ? 'sse/messages' : 'sse', workspaceId };
}
