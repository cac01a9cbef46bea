import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JSONRPCMessage, McpServer } from '@modelcontextprotocol/server';
import { HubError, hubErrors } from '../../../protocol/hubErrors.ts';
import { rpcError } from '../../../protocol/rpc.ts';
import { commonHeaders } from '../../http/respond.ts';
import { answered, whenClosed } from '../../http/whenClosed.ts';
import { sessionConnection } from '../../service/caller.ts';
import { createExchange } from '../../service/exchange.ts';
import { toAuthInfo } from '../authInfo.ts';
import { type OpenCallDeps, promisedWait } from '../openCall.ts';
import type { OpenLimit } from '../openLimit.ts';
import { modernizeCalls } from '../request/olderTools.ts';
import { cancelledRequest, type Post, readPost } from '../request/readPost.ts';
import { toWebRequest } from '../webExchange.ts';
import { agreedVersion } from './connectSession.ts';
import type { SessionIdentity, SessionStreamRegistry } from './sessionStreams.ts';
import { createSseTransport, type SseTransport, type StreamCall } from './sseTransport.ts';

/** The transport of 2024-11-05 (HTTP+SSE), for clients that are configured with it. A session is its stream, and ends with it. */
export interface SseEndpoint {
  /** @param tokenInAddress the client can send no header, so it gets its token back in the address that it posts to */
  open(request: IncomingMessage, response: ServerResponse, workspaceId: string, tokenInAddress: string | undefined): Promise<void>;
  /** @throws HubError */
  post(request: IncomingMessage, response: ServerResponse, workspaceId: string, sessionId: string | null): Promise<void>;
  close(): Promise<void>;
}

export interface SseEndpointDeps extends OpenCallDeps {
  streams: SessionStreamRegistry;
  openLimit: OpenLimit;
  randomId: () => string;
  createServer: (workspaceId: string) => McpServer;
  /** A call has begun, which ends when this resolves. */
  onCall: (ended: Promise<void>) => void;
}

interface SseSession {
  workspaceId: string;
  response: ServerResponse;
  transport: SseTransport;
  /** Known once it is initialized. */
  identity?: SessionIdentity;
}

export function createSseEndpoint(deps: SseEndpointDeps): SseEndpoint {
  const { context, agents, streams, openLimit, randomId } = deps;
  const sessions = new Map<string, SseSession>();

  function find(workspaceId: string, id: string | null): SseSession {
    const session = id === null ? undefined : sessions.get(id);
    if (session?.workspaceId === workspaceId) return session;
    throw new HubError('session_not_found', 'This session is not known here: it ended with its stream. Connect again.');
  }

  /**
   * Who speaks in this session; `initialize` says it. The client of the 1.x SDK opens another stream when its own broke and goes on
   * without a word, so one that doesn't introduce itself is served as well.
   */
  function identify(session: SseSession, id: string, { initialize = {}, introduction = { name: 'agent' } }: Post): SessionIdentity {
    if (session.identity !== undefined) return session.identity;
    const { workspaceId, response } = session;
    session.identity = { id, workspaceId, introduction, protocolVersion: agreedVersion(initialize) };
    whenClosed(response, agents.present({ agent: agents.heard(workspaceId, introduction), connectionId: sessionConnection(id) }));
    return session.identity;
  }

  function beginCall(
    request: IncomingMessage,
    { id, workspaceId, introduction }: SessionIdentity,
    post: Post,
  ): StreamCall & { authInfo: ReturnType<typeof toAuthInfo> } {
    const leave = enter(workspaceId, post);
    const ended = Promise.withResolvers<void>();
    deps.onCall(ended.promise);
    const gone = new AbortController();
    const caller = { agent: agents.heard(workspaceId, introduction), connectionId: sessionConnection(id) };
    const exchange = createExchange(context, { caller, signal: gone.signal, promisedWait: promisedWait(request) });
    return {
      authInfo: toAuthInfo(exchange),
      end(how) {
        leave();
        if (how === 'sent') exchange.sent();
        else exchange.lost(false);
        gone.abort();
        ended.resolve();
      },
    };
  }

  function enter(workspaceId: string, { id }: Post): () => void {
    try {
      return openLimit.enter(workspaceId);
    } catch (error) {
      throw error instanceof HubError ? error.about(id) : error;
    }
  }

  /** From the first message after `initialize` on, the client listens. */
  function openStream(session: SseSession, identity: SessionIdentity): void {
    const { response, transport } = session;
    if (streams.isListening(identity.id) || response.destroyed) return;
    const send = (notification: { method: string; params: Record<string, unknown> }): Promise<void> =>
      transport.send({ jsonrpc: '2.0', ...notification });
    whenClosed(response, streams.opened(identity, { resumed: false, send }));
  }

  return {
    async open(request, response, workspaceId, tokenInAddress) {
      if (request.method !== 'GET') throw notAllowed(request, response, 'GET');
      whenClosed(response, openLimit.enter(workspaceId));
      const id = randomId();
      const query = new URLSearchParams({ sessionId: id, ...(tokenInAddress !== undefined && { token: tokenInAddress }) });
      const transport = createSseTransport(response, {
        clock: context.clock,
        endpoint: `/sse/${workspaceId}/messages?${query.toString()}`,
      });
      sessions.set(id, { workspaceId, response, transport });
      whenClosed(response, () => sessions.delete(id));
      await deps.createServer(workspaceId).connect(transport);
    },
    async post(request, response, workspaceId, sessionId) {
      if (request.method !== 'POST') throw notAllowed(request, response, 'POST');
      const session = find(workspaceId, sessionId);
      const post = await readOrRefuse(session, request, response);
      if (post === undefined) return;
      if (Array.isArray(post.body)) throw new HubError('bad_request', 'Send one message at a time.');
      const identity = identify(session, sessionId as string, post);
      const call = post.requests.length === 0 ? undefined : beginCall(request, identity, post);
      // What is said about a message comes after the message was accepted: some clients listen only from then on.
      await accept(response);
      const message = modernizeCalls(post.body) as JSONRPCMessage;
      const web = toWebRequest(request, new AbortController().signal);
      session.transport.receive(message, { request: web, ...(call !== undefined && { authInfo: call.authInfo }) }, call);
      if (post.initialize === undefined) openStream(session, identity);
      for (const notification of post.notifications) {
        const cancelled = cancelledRequest(notification);
        if (cancelled !== undefined) session.transport.cancel(cancelled);
        streams.received(identity, notification);
      }
    },
    async close() {
      await Promise.all([...sessions.values()].map(({ transport }) => transport.close()));
    },
  };
}

/** What can't be meant is answered where its client listens, if it can be told which request it is. */
async function readOrRefuse({ transport }: SseSession, request: IncomingMessage, response: ServerResponse): Promise<Post | undefined> {
  try {
    return await readPost(request);
  } catch (error) {
    if (!(error instanceof HubError) || error.requestId === null) throw error;
    await accept(response);
    await transport.send(rpcError(error.requestId, hubErrors[error.code].rpc, error.message) as JSONRPCMessage);
    return undefined;
  }
}

async function accept(response: ServerResponse): Promise<void> {
  response.writeHead(202, { ...commonHeaders, 'content-length': 0 });
  response.end();
  await answered(response);
}

function notAllowed(request: IncomingMessage, response: ServerResponse, allowed: string): HubError {
  response.setHeader('allow', allowed);
  return new HubError(
    'method_not_allowed',
    `${request.method} is not possible here. This is the older transport (HTTP+SSE): ${allowed} is.`,
  );
}
