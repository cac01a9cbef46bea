import type { IncomingMessage, ServerResponse } from 'node:http';
import { createMcpHandler, isInitializeRequest, isLegacyRequest } from '@modelcontextprotocol/server';
import { HubError } from '../../protocol/hubErrors.ts';
import { describeError } from '../../util/errors.ts';
import { readJson } from '../http/body.ts';
import type { AgentIntroduction } from '../service/agents.ts';
import { takeBackOffer } from '../service/deliveries.ts';
import { findWorkspace } from '../service/lookup.ts';
import { type Exchange, fromAuthInfo, toAuthInfo } from './exchange.ts';
import { introductionOf } from './introduction.ts';
import { modernizeCall } from './olderCalls.ts';
import { createSessions, type Session } from './sessions.ts';
import { createToolServer, type ToolServerDeps } from './toolServer.ts';
import { toWebRequest, writeWebResponse } from './webExchange.ts';

/** MCP over HTTP, both eras at one address. */
export interface McpEndpoint {
  /** Answers a request whose sender and token have been checked. @throws HubError */
  handle(request: IncomingMessage, response: ServerResponse, workspaceId: string): Promise<void>;
  /** Lets the calls that are under way end with a result (the hub's `closing` signal has told them to), then ends every stream. */
  close(): Promise<void>;
}

/** How long a hub that stops waits for the last results to leave. */
const lastResultsMs = 1_000;

export function createMcpEndpoint(deps: ToolServerDeps & { randomId: () => string }): McpEndpoint {
  const { context, agents, log } = deps;
  const sessions = createSessions({
    store: context.store,
    clock: context.clock,
    randomId: deps.randomId,
    createServer: (workspaceId) => createToolServer(deps, workspaceId),
  });
  // The newer era (2026-07-28) has no sessions: a server for each request. Streams from the first byte on, because several
  // clients give up on an answer whose headers they don't see within a minute.
  const modern = createMcpHandler((ctx) => createToolServer(deps, workspaceOf(ctx.authInfo)), {
    legacy: 'reject',
    responseMode: 'sse',
    onerror: (error) => log.trace(`MCP: ${error.message}`),
  });

  const calls = new Set<Promise<void>>();

  function begin(response: ServerResponse, workspaceId: string, introduction: AgentIntroduction): Exchange {
    const agent = agents.heard(workspaceId, introduction);
    const gone = new AbortController();
    const leave = agents.present(agent.id);
    const exchange: Exchange = { agent, signal: gone.signal, offer: { messageIds: [], requestIds: [] } };
    response.on('close', () => {
      gone.abort();
      leave();
      if (!response.writableFinished) takeBack(exchange);
    });
    return exchange;
  }

  function takeBack({ agent, offer }: Exchange): void {
    try {
      takeBackOffer(context, offer);
    } catch (error) {
      log.error(`what ${agent.name} did not receive could not be taken back: ${describeError(error)}`);
    }
  }

  async function findSession(request: IncomingMessage, workspaceId: string, body: unknown): Promise<Session> {
    const id = request.headers['mcp-session-id'];
    if (typeof id === 'string') return await sessions.find(workspaceId, id);
    if (isInitializeRequest(body)) return await sessions.begin(workspaceId, { ...body });
    throw new HubError('bad_request', 'Begin with “initialize”, and send the Mcp-Session-Id of its answer with every later request.');
  }

  async function answer(request: IncomingMessage, response: ServerResponse, workspaceId: string, body: unknown): Promise<void> {
    const probe = toWebRequest(request, new AbortController().signal);
    if (!(await isLegacyRequest(probe, body))) {
      const exchange = begin(response, workspaceId, introductionOf(body));
      const result = await modern.fetch(toWebRequest(request, exchange.signal), { parsedBody: body, authInfo: toAuthInfo(exchange) });
      await writeWebResponse(result, response);
      return;
    }
    const session = await findSession(request, workspaceId, body);
    const exchange = begin(response, workspaceId, session.introduction);
    // A client that comes back for its stream may have left the old one half open: the new one takes its place.
    if (request.method === 'GET') session.transport.closeStandaloneSSEStream();
    const result = await session.transport.handleRequest(toWebRequest(request, exchange.signal), {
      ...(body !== undefined && { parsedBody: modernizeCall(body) }),
      authInfo: toAuthInfo(exchange),
    });
    await writeWebResponse(result, response);
  }

  return {
    async handle(request, response, workspaceId) {
      findWorkspace(context.store, workspaceId);
      const body = request.method === 'POST' ? await readJson(request) : undefined;
      const answered = answer(request, response, workspaceId, body);
      if (isToolCall(body)) {
        calls.add(answered);
        void answered.catch(() => {}).finally(() => calls.delete(answered));
      }
      await answered;
    },
    async close() {
      await Promise.race([Promise.allSettled(calls), new Promise<void>((resolve) => context.clock.after(lastResultsMs, resolve))]);
      await Promise.all([modern.close(), sessions.close()]);
    },
  };
}

function isToolCall(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'method' in body && body.method === 'tools/call';
}

function workspaceOf(authInfo: { extra?: Record<string, unknown> } | undefined): string {
  return fromAuthInfo(authInfo).agent.workspaceId;
}
