import type { IncomingMessage, ServerResponse } from 'node:http';
import { HubError } from '../../protocol/hubErrors.ts';
import { idSchema } from '../../protocol/ids.ts';
import { protocolVersion } from '../../protocol/limits.ts';
import { apiPrefix, type Health } from '../../protocol/operations.ts';
import { assertNever } from '../../util/errors.ts';
import type { Logger } from '../../util/log.ts';
import type { HookEndpoint } from '../hooks/hookEndpoint.ts';
import type { EventLog } from '../log/eventLog.ts';
import type { Fanout } from '../log/fanout.ts';
import type { McpEndpoint } from '../mcp/mcpEndpoint.ts';
import { findWorkspace } from '../service/lookup.ts';
import type { Store } from '../storage/store.ts';
import type { Tokens } from '../tokens.ts';
import { readJson } from './body.ts';
import { openEventStream } from './eventStreams.ts';
import { checkSender, requireAgent, requirePerson } from './gate.ts';
import { sendError, sendJson, sendRpcError, toHubError } from './respond.ts';
import type { Rest } from './rest.ts';

/** What the hub's addresses lead to. */
export interface RouterDeps {
  port: number;
  hubId: string;
  tokens: Tokens;
  store: Store;
  eventLog: EventLog;
  fanout: Fanout;
  rest: Rest;
  mcp: McpEndpoint;
  hooks: HookEndpoint;
  log: Logger;
}

/** An address of agents; all else is the person's. */
type AgentAddress = { workspaceId: string } & ({ door: 'mcp' | 'sse' | 'sse/messages' } | { door: 'hooks'; dialect: string });

/** Leads every request to where it belongs. Checks come first: host, origin, token, and only then the body. */
export function createRouter(deps: RouterDeps): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    response.on('error', (error) => deps.log.trace(`a connection broke: ${error.message}`));
    const { pathname: path, searchParams: query } = parseTarget(request);
    const address = agentAddress(path);
    const route =
      address === undefined ? routePerson(deps, request, response, path, query) : routeAgent(deps, request, response, address, query);
    route.catch((error: unknown) => {
      const hubError = toHubError(error, deps.log);
      deps.log.trace(`${request.method} ${path}: ${hubError.code}`);
      if (address === undefined || address.door === 'hooks') sendError(response, hubError);
      else sendRpcError(response, hubError);
    });
  };
}

async function routeAgent(
  deps: RouterDeps,
  request: IncomingMessage,
  response: ServerResponse,
  address: AgentAddress,
  query: URLSearchParams,
): Promise<void> {
  const { door, workspaceId } = address;
  checkSender(request, deps.port);
  if (!idSchema.safeParse(workspaceId).success) {
    throw new HubError('invalid_workspace_id', 'The address names no workspace. It ends with 11 letters and digits.');
  }
  // A token stands in the address for the sake of AgentRQ's gateways, which have no hooks.
  requireAgent(request, deps.tokens, workspaceId, door === 'hooks' ? new URLSearchParams() : query);
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

async function routePerson(
  deps: RouterDeps,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: URLSearchParams,
): Promise<void> {
  checkSender(request, deps.port);
  const method = request.method ?? 'GET';
  if (path === '/health' && method === 'GET') {
    const health: Health = { name: 'agentrq', protocolVersion, hubId: deps.hubId };
    sendJson(response, 200, health);
    return;
  }
  requirePerson(request, deps.tokens);
  const stream = streamPattern.exec(path);
  if (stream !== null && method === 'GET') {
    const workspaceId = stream[1] === undefined ? undefined : findWorkspace(deps.store, stream[1]).id;
    openEventStream({ log: deps.eventLog, fanout: deps.fanout }, request, response, { workspaceId, query });
    return;
  }
  const { status, body } = await deps.rest({ method, path, query, body: () => readJson(request) });
  sendJson(response, status, body);
}

const streamPattern = new RegExp(`^${apiPrefix}/(?:events/stream|workspaces/([^/]+)/events)$`);

function agentAddress(path: string): AgentAddress | undefined {
  const [hook, hookWorkspace = '', dialect = ''] = /^\/hooks\/([^/]+)\/([a-z-]+)$/.exec(path) ?? [];
  if (hook !== undefined) return { door: 'hooks', workspaceId: hookWorkspace, dialect };
  const [, door, workspaceId = ''] = /^\/(mcp|sse)\/([^/]+)$/.exec(path) ?? /^\/(sse)\/([^/]+)\/messages$/.exec(path) ?? [];
  if (door === 'mcp') return { door, workspaceId };
  return door === undefined ? undefined : { door: path.endsWith('/messages') ? 'sse/messages' : 'sse', workspaceId };
}

function parseTarget(request: IncomingMessage): URL {
  return URL.parse(request.url ?? '/', 'http://hub') ?? new URL('http://hub/');
}
