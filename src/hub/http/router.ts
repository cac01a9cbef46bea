import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Challenge, noncePattern } from '../../home/hubProof.ts';
import { HubError, type HubErrorCode } from '../../protocol/hubErrors.ts';
import { idSchema } from '../../protocol/ids.ts';
import { protocolVersion } from '../../protocol/limits.ts';
import type { Health } from '../../protocol/operations.ts';
import { assertNever, describeError } from '../../util/errors.ts';
import type { Logger } from '../../util/log.ts';
import type { HookEndpoint } from '../hooks/hookEndpoint.ts';
import type { Tokens } from '../identity/tokens.ts';
import type { Background } from '../lifecycle/background.ts';
import type { Fanout } from '../log/fanout.ts';
import type { McpEndpoint } from '../mcp/mcpEndpoint.ts';
import type { ServiceContext } from '../service/context.ts';
import { findWorkspace } from '../service/lookup.ts';
import { type AgentAddress, parseAddress } from './address.ts';
import type { AttachmentEndpoint } from './attachmentEndpoint.ts';
import { readJson } from './body.ts';
import { openEventStream } from './eventStreams.ts';
import { checkSender, requireAgent, requireUser } from './gate.ts';
import type { OpenResponses } from './openResponses.ts';
import { createRefusals } from './refusals.ts';
import { sendError, sendJson, sendRpcError, toHubError } from './respond.ts';
import type { Rest, RestCall } from './rest.ts';
import { parseTarget } from './target.ts';
import type { UserStreams } from './userStreams.ts';

/** What the hub's addresses lead to. */
export interface RouterDeps {
  port: number;
  hubId: string;
  /** Proves to the client of a connection that this is the hub of its home folder. */
  prove: (challenge: Challenge) => string;
  tokens: Tokens;
  context: ServiceContext;
  fanout: Fanout;
  rest: Rest;
  attachments: AttachmentEndpoint;
  mcp: McpEndpoint;
  hooks: HookEndpoint;
  userStreams: UserStreams;
  /** What agents have open, by their workspace. */
  ofAgents: OpenResponses;
  background: Background;
  log: Logger;
}

/** Answers a request. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void;

/** Leads every request to where it belongs. Checks come first: host, origin, target, token, and only then the body. */
export function createRouter(deps: RouterDeps): Route {
  const noteBreak = (error: Error): void => deps.log.trace(`a connection broke: ${error.message}`);
  const { clock, presence } = deps.context;
  const noteRefusal = createRefusals({ log: deps.log, clock, tell: (refused) => presence.setRefused(refused) });
  return (request, response) => {
    response.on('error', noteBreak);
    const fail = (error: unknown): void => refuse(deps, request, response, error, noteRefusal);
    try {
      route(deps, request, response)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  };
}

/** Nothing is awaited for a stream: thousands of them may come back at once. */
function route(deps: RouterDeps, request: IncomingMessage, response: ServerResponse): Promise<void> | undefined {
  checkSender(request, deps.port);
  const { path, query } = parseTarget(request);
  const address = parseAddress(path);
  const method = request.method ?? 'GET';
  switch (address.kind) {
    case 'mcp':
    case 'sse':
    case 'sseMessages':
    case 'hooks':
      return routeAgent(deps, request, response, address, query);
    case 'health':
      if (method !== 'GET') throw nothingHere();
      sendJson(response, 200, healthOf(deps, request, query));
      return undefined;
    // Nobody logs in here: a client that looks for a place to do so, with or without a token, finds none and stops looking.
    case 'nothing':
      throw nothingHere();
    case 'events': {
      const userId = requireUser(request, deps.tokens);
      allow('GET', method, response);
      const { store, log, presence } = deps.context;
      const workspaceId = address.workspaceId === undefined ? undefined : findWorkspace(store, address.workspaceId).id;
      deps.userStreams.enter(userId, response);
      openEventStream({ log, presence, fanout: deps.fanout }, request, response, { workspaceId, query });
      return undefined;
    }
    case 'attachments': {
      requireUser(request, deps.tokens);
      const { workspaceId, attachmentId } = address;
      allow(attachmentId === undefined ? 'POST' : 'GET', method, response);
      if (attachmentId === undefined) return deps.attachments.take(request, response, workspaceId, query);
      deps.attachments.give(response, workspaceId, attachmentId);
      return undefined;
    }
    case 'operation':
      requireUser(request, deps.tokens);
      return runOperation(deps, request, response, { method, path, query });
    default:
      return assertNever(address);
  }
}

function nothingHere(): HubError {
  return new HubError('not_found', 'There is nothing at this address.');
}

/** @throws HubError `method_not_allowed` */
function allow(only: string, method: string, response: ServerResponse): void {
  if (method === only) return;
  response.setHeader('allow', only);
  throw new HubError('method_not_allowed', `${method} is not possible at this address.`);
}

function healthOf({ hubId, port, prove }: RouterDeps, { socket }: IncomingMessage, query: URLSearchParams): Health {
  const nonce = query.get('nonce') ?? '';
  return {
    name: 'agentrq',
    protocolVersion,
    hubId,
    // What it was asked as doesn't count: the port is the one that it has bound.
    ...(noncePattern.test(nonce) && { proof: prove({ nonce, hubPort: port, clientPort: socket.remotePort ?? 0 }) }),
  };
}

async function runOperation(
  { rest }: RouterDeps,
  request: IncomingMessage,
  response: ServerResponse,
  call: Omit<RestCall, 'body'>,
): Promise<void> {
  const { status, body } = await rest({ ...call, body: () => readJson(request) });
  sendJson(response, status, body);
}

function refuse(
  { log, background }: RouterDeps,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  note: (code: HubErrorCode, address: string) => void,
): void {
  try {
    const { method = '', url = '' } = request;
    const hubError = toHubError(error, background);
    const address = `${method} ${forLog(url)}`;
    log.trace(`${address}: ${hubError.code}`);
    note(hubError.code, address);
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
  const { kind, workspaceId } = address;
  if (!idSchema.safeParse(workspaceId).success) {
    throw new HubError('invalid_workspace_id', 'The address names no workspace. It ends with 11 letters and digits.');
  }
  // A token stands in the address for the sake of AgentRQ's gateways, which have no hooks.
  requireAgent(request, deps.tokens, workspaceId, kind === 'hooks' ? new URLSearchParams() : query);
  deps.ofAgents.add(workspaceId, response);
  switch (kind) {
    case 'mcp':
      await deps.mcp.handle(request, response, workspaceId);
      return;
    case 'sse':
      await deps.mcp.handleSse(request, response, workspaceId, {
        kind: 'stream',
        token: request.headers.authorization === undefined ? (query.get('token') ?? undefined) : undefined,
      });
      return;
    case 'sseMessages':
      await deps.mcp.handleSse(request, response, workspaceId, { kind: 'messages', sessionId: query.get('sessionId') });
      return;
    case 'hooks':
      await deps.hooks.handle(request, response, workspaceId, address.dialect);
      return;
    default:
      assertNever(kind);
  }
}
