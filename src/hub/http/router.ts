import type { IncomingMessage, ServerResponse } from 'node:http';
import { HubError } from '../../protocol/hubErrors.ts';
import { idSchema } from '../../protocol/ids.ts';
import { protocolVersion } from '../../protocol/limits.ts';
import { apiPrefix, type Health } from '../../protocol/operations.ts';
import type { Logger } from '../../util/log.ts';
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
  log: Logger;
}

/** Leads every request to where it belongs. Checks come first: host, origin, token, and only then the body. */
export function createRouter(deps: RouterDeps): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    response.on('error', (error) => deps.log.trace(`a connection broke: ${error.message}`));
    const { pathname: path, searchParams: query } = parseTarget(request);
    const mcpWorkspace = /^\/mcp\/([^/]+)$/.exec(path)?.[1];
    const route =
      mcpWorkspace === undefined
        ? routePerson(deps, request, response, path, query)
        : routeAgent(deps, request, response, mcpWorkspace, query);
    route.catch((error: unknown) => {
      const hubError = toHubError(error, deps.log);
      deps.log.trace(`${request.method} ${path}: ${hubError.code}`);
      if (mcpWorkspace === undefined) sendError(response, hubError);
      else sendRpcError(response, hubError);
    });
  };
}

async function routeAgent(
  deps: RouterDeps,
  request: IncomingMessage,
  response: ServerResponse,
  workspaceId: string,
  query: URLSearchParams,
): Promise<void> {
  checkSender(request, deps.port);
  if (!idSchema.safeParse(workspaceId).success) {
    throw new HubError('invalid_workspace_id', 'The address names no workspace. It ends with 11 letters and digits.');
  }
  requireAgent(request, deps.tokens, workspaceId, query);
  await deps.mcp.handle(request, response, workspaceId);
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

function parseTarget(request: IncomingMessage): URL {
  return URL.parse(request.url ?? '/', 'http://hub') ?? new URL('http://hub/');
}
