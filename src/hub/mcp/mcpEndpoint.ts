import type { IncomingMessage, ServerResponse } from 'node:http';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { HubError } from '../../protocol/hubErrors.ts';
import { toHubError } from '../http/respond.ts';
import { whenClosed } from '../http/whenClosed.ts';
import { findWorkspace } from '../service/lookup.ts';
import { fromAuthInfo, toAuthInfo } from './authInfo.ts';
import { handleOlder } from './legacy/olderEra.ts';
import { createSessionStreams, type SessionStreams } from './legacy/sessionStreams.ts';
import { createSessions } from './legacy/sessions.ts';
import { createSseEndpoint } from './legacy/sseEndpoint.ts';
import { type OpenCall, openCall } from './openCall.ts';
import { createOpenLimit } from './openLimit.ts';
import { isOlder } from './request/isOlder.ts';
import { bridgeConnection } from './request/readClient.ts';
import { type Post, readPost } from './request/readPost.ts';
import { createToolServer, type ToolServerDeps } from './tools/toolServer.ts';
import { toJsonResponse, toWebRequest, wantsJson, writeWebResponse } from './webExchange.ts';

/** MCP over HTTP: both eras at one address, and the transport of before at another. Sender and token have been checked. */
export interface McpEndpoint {
  /** Answers a request at `/mcp/{workspace}`. @throws HubError */
  handle(request: IncomingMessage, response: ServerResponse, workspaceId: string): Promise<void>;
  /**
   * Answers a request at `/sse/{workspace}`, which opens a stream, or at the address of its messages.
   * @param target `sessionId`: who posts; `token`: it stood in the address
   * @throws HubError
   */
  handleSse(
    request: IncomingMessage,
    response: ServerResponse,
    workspaceId: string,
    target: { kind: 'stream'; token: string | undefined } | { kind: 'messages'; sessionId: string | null },
  ): Promise<void>;
  /** What the hub says to sessions of its own accord, and what they notify it of. */
  readonly streams: SessionStreams;
  /** The agents of a workspace have to begin again. Their connections are the caller's to end. */
  forgetSessions(workspaceId: string): void;
  /** Lets the calls that are under way end with a result (the hub's `closing` signal has told them to), then ends every stream. */
  close(): Promise<void>;
}

/** How long a hub that stops waits for the last results to leave. */
const lastResultsMs = 1_000;

const methods = ['GET', 'POST', 'DELETE'];

export function createMcpEndpoint(deps: ToolServerDeps & { randomId: () => string }): McpEndpoint {
  const { context, agents, log, randomId } = deps;
  const { store, clock, background } = context;
  const createServer = (workspaceId: string): ReturnType<typeof createToolServer> => createToolServer(deps, workspaceId);
  const streams = createSessionStreams({ clock, onError: (error) => background.failed('a listener of sessions failed', error) });
  const openLimit = createOpenLimit();
  const sessions = createSessions<OpenCall>({ store, background, randomId, createServer });
  const older = { context, agents, sessions, streams, openLimit };
  const calls = new Set<Promise<void>>();
  const sse = createSseEndpoint({ context, agents, streams, openLimit, randomId, createServer, onCall: track });
  // The newer era (2026-07-28) has no sessions: a server for each request. Streams from the first byte on, because several
  // clients give up on an answer whose headers they don't see within a minute.
  const modern = createMcpHandler((ctx) => createToolServer(deps, workspaceOf(ctx.authInfo), 'newer'), {
    legacy: 'reject',
    responseMode: 'sse',
    onerror: (error) => log.trace(`MCP: ${error.message}`),
  });

  /** Calls are waited for when the hub stops. */
  function track(call: Promise<void>): void {
    calls.add(call);
    void call.catch(() => {}).finally(() => calls.delete(call));
  }

  async function handleNewer(request: IncomingMessage, response: ServerResponse, workspaceId: string, post: Post): Promise<void> {
    const { body, requests, introduction = { name: 'agent' } } = post;
    // A client asks by itself what became of calls in the background, also while its agent stands before a dialog.
    const onlyPolls = requests.length > 0 && requests.every(({ method }) => method === 'tasks/get');
    const caller = { agent: agents.heard(workspaceId, introduction, !onlyPolls), connectionId: bridgeConnection(request) ?? 'agent' };
    if (requests.length > 0) whenClosed(response, openLimit.enter(workspaceId));
    const call = openCall(deps, request, { caller, requests, resumable: false });
    call.carryBy(response);
    const web = toWebRequest(request, call.exchange.signal, { 'content-type': 'application/json' });
    const answer = await modern.fetch(web, { parsedBody: body, authInfo: toAuthInfo(call.exchange) });
    await writeWebResponse(wantsJson(request) ? await toJsonResponse(answer) : answer, response);
  }

  async function handleEither(request: IncomingMessage, response: ServerResponse, workspaceId: string, post?: Post): Promise<void> {
    try {
      if (post === undefined || isOlder(request, post)) await handleOlder(older, request, response, workspaceId, post);
      else await handleNewer(request, response, workspaceId, post);
    } catch (error) {
      throw toHubError(error, background).about(post?.id ?? null);
    }
  }

  return {
    async handle(request, response, workspaceId) {
      if (!methods.includes(request.method ?? '')) {
        response.setHeader('allow', methods.join(', '));
        throw new HubError('method_not_allowed', `${request.method} is not possible here: MCP takes ${methods.join(', ')}.`);
      }
      findWorkspace(store, workspaceId);
      const post = request.method === 'POST' ? await readPost(request) : undefined;
      const answering = handleEither(request, response, workspaceId, post);
      if (post?.requests.some(({ method }) => method === 'tools/call')) track(answering);
      await answering;
    },
    async handleSse(request, response, workspaceId, target) {
      findWorkspace(store, workspaceId);
      if (target.kind === 'stream') await sse.open(request, response, workspaceId, target.token);
      else await sse.post(request, response, workspaceId, target.sessionId);
    },
    streams,
    forgetSessions: (workspaceId) => sessions.forgetAll(workspaceId),
    async close() {
      await Promise.race([Promise.allSettled(calls), new Promise<void>((resolve) => clock.after(lastResultsMs, resolve))]);
      await Promise.all([modern.close(), sessions.close(), sse.close()]);
      streams.dispose();
    },
  };
}

function workspaceOf(authInfo: { extra?: Record<string, unknown> } | undefined): string {
  return fromAuthInfo(authInfo).caller.agent.workspaceId;
}
