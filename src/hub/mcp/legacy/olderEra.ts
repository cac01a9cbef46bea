import type { IncomingMessage, ServerResponse } from 'node:http';
import { HubError } from '../../../protocol/hubErrors.ts';
import { retryMs } from '../../../protocol/limits.ts';
import type { RpcId } from '../../../protocol/rpc.ts';
import { processHeader } from '../../../protocol/wake.ts';
import { headerLines } from '../../http/headers.ts';
import { answered, whenClosed } from '../../http/whenClosed.ts';
import { type Caller, sessionConnection } from '../../service/caller.ts';
import { toAuthInfo } from '../authInfo.ts';
import { type OpenCall, type OpenCallDeps, openCall } from '../openCall.ts';
import type { OpenLimit } from '../openLimit.ts';
import { modernizeCalls } from '../request/olderTools.ts';
import { cancelledRequest, type Post } from '../request/readPost.ts';
import { isEventStream, toJsonResponse, toWebRequest, wantsJson, writeWebResponse } from '../webExchange.ts';
import type { SessionStreamRegistry } from './sessionStreams.ts';
import type { Session, Sessions } from './sessions.ts';

// Streamable HTTP as it was up to 2025-11-25: sessions, a stream for what the hub says of its own accord, and streams that a client
// goes on with after its connection broke.

export interface OlderEraDeps extends OpenCallDeps {
  sessions: Sessions<OpenCall>;
  streams: SessionStreamRegistry;
  openLimit: OpenLimit;
}

/** The first revision whose clients understand an event that has an id and says nothing, and can go on after it. */
const primedSince = '2025-11-25';
/** The only revision that knows batches. */
const batchRevision = '2025-03-26';

/** Answers a request of the older era. @throws HubError */
export async function handleOlder(
  deps: OlderEraDeps,
  request: IncomingMessage,
  response: ServerResponse,
  workspaceId: string,
  post: Post | undefined,
): Promise<void> {
  const session = await findSession(deps, request, workspaceId, post);
  whenClosed(response, session.use());
  if (request.method === 'GET') await answerGet(deps, session, request, response);
  else if (post !== undefined) await answerPost(deps, session, request, response, post);
  else await writeWebResponse(await session.handle(toSdk(request, session)), response);
}

async function findSession(
  { sessions }: OlderEraDeps,
  request: IncomingMessage,
  workspaceId: string,
  post: Post | undefined,
): Promise<Session<OpenCall>> {
  if (post?.initialize !== undefined) return await sessions.begin(workspaceId, post.initialize);
  const id = headerOf(request, 'mcp-session-id');
  if (id !== undefined) return await sessions.find(workspaceId, id);
  throw new HubError('bad_request', 'Begin with “initialize”, and send the Mcp-Session-Id of its answer with every later request.');
}

async function answerPost(
  deps: OlderEraDeps,
  session: Session<OpenCall>,
  request: IncomingMessage,
  response: ServerResponse,
  post: Post,
): Promise<void> {
  const { body, requests, notifications } = post;
  if (Array.isArray(body) && session.protocolVersion !== batchRevision) {
    throw new HubError('bad_request', `Send one message at a time: MCP ${session.protocolVersion} has no batches.`);
  }
  const caller = callerOf(deps, session);
  const json = wantsJson(request);
  const call = requests.length === 0 ? undefined : openCall(deps, request, { caller, requests, resumable: !json });
  if (call !== undefined) {
    whenClosed(response, deps.openLimit.enter(session.workspaceId));
    call.carryBy(response);
  }
  // Whatever it says that it accepts, it can be served.
  const accept = 'application/json, text/event-stream';
  const web = toSdk(request, session, { accept, 'content-type': 'application/json', ...(post.initialize !== undefined && noSession) });
  const answer = await session.handle(
    web,
    { parsedBody: modernizeCalls(body), ...(call !== undefined && { authInfo: toAuthInfo(call.exchange) }) },
    call,
  );
  for (const notification of notifications) await endCancelled(session, cancelledRequest(notification));
  await writeWebResponse(await withOwnId(json ? await toJsonResponse(answer) : answer, post), response);
  if (notifications.length === 0 || answer.status !== 202) return;
  await answered(response);
  for (const notification of notifications) deps.streams.received(session, notification);
}

/** What a client says of a session that it had before doesn't count for the one that it begins. */
const noSession = { 'mcp-session-id': undefined, 'mcp-protocol-version': undefined };

/** The request for the SDK. Its own signal stays out of this: a call may outlive its connection. */
function toSdk(request: IncomingMessage, session: Session<OpenCall>, changes: Record<string, string | undefined> = {}): Request {
  const known = { 'mcp-session-id': session.id, 'mcp-protocol-version': headerOf(request, 'mcp-protocol-version') };
  return toWebRequest(request, new AbortController().signal, { ...known, ...changes });
}

/** A header, however often the client says it; `undefined` if it says nothing. */
function headerOf(request: IncomingMessage, name: string): string | undefined {
  const said = new Set(headerLines(request, name).map((line) => line.trim()));
  said.delete('');
  return said.size === 0 ? undefined : [...said].join(', ');
}

/** What the SDK refuses before it has looked for a request answers nobody; its client waits for that request. */
async function withOwnId(answer: Response, { id }: Post): Promise<Response> {
  if (answer.ok || id === null || isEventStream(answer) || answer.body === null) return answer;
  return Response.json({ ...((await answer.json()) as object), id }, answer);
}

/** The SDK leaves the stream of a cancelled request open for ever. A client ignores an answer that comes after it has cancelled. */
async function endCancelled(session: Session<OpenCall>, id: RpcId | undefined): Promise<void> {
  if (id === undefined) return;
  // It throws if the request has been answered, which is just as well.
  await session.send({ jsonrpc: '2.0', id, error: { code: -32_800, message: 'The request was cancelled.' } }).catch(() => {});
}

async function answerGet(
  deps: OlderEraDeps,
  session: Session<OpenCall>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { streams, agents } = deps;
  const lastEventId = request.headers['last-event-id'];
  const place = typeof lastEventId === 'string' ? session.events.locate(lastEventId) : { kind: 'unknown' as const };
  const open = async (after: string | undefined): Promise<Response> =>
    await session.handle(toSdk(request, session, { accept: 'text/event-stream', 'last-event-id': after }));

  if (place.kind === 'over' || (place.kind === 'lost' && place.toolCalls.length === 0)) {
    response.setHeader('allow', 'POST, DELETE');
    throw new HubError('method_not_allowed', 'This stream has ended, and there is nothing to go on with.');
  }
  if (place.kind === 'lost') {
    await writeWebResponse(describeLostCalls(place.toolCalls, session.id), response);
    return;
  }
  const leave = deps.openLimit.enter(session.workspaceId, { replaces: place.kind === 'call' || streams.isListening(session.id) });
  whenClosed(response, leave);
  if (place.kind === 'call') {
    place.owner.carryBy(response);
    await writeWebResponse(await open(lastEventId as string), response, prime(session, lastEventId as string));
    return;
  }
  whenClosed(response, agents.present(callerOf(deps, session), processOf(request)));
  const resumed = place.kind === 'standalone';
  // A client that comes back for its stream may have left the old one half open: the new one takes its place.
  if (!resumed) session.closeStandaloneStream();
  const position = resumed ? (lastEventId as string) : session.events.position();
  const answer = await open(resumed ? position : undefined);
  const written = writeWebResponse(answer, response, prime(session, position));
  if (isEventStream(answer)) {
    const send = async (notification: { method: string; params: Record<string, unknown> }): Promise<void> =>
      await session.send({ jsonrpc: '2.0', ...notification });
    whenClosed(response, streams.opened(session, { resumed, send }));
  }
  await written;
}

function callerOf({ agents }: OlderEraDeps, { id, workspaceId, introduction }: Session<OpenCall>): Caller {
  return { agent: agents.heard(workspaceId, introduction), connectionId: sessionConnection(id) };
}

/** The process of the agent, as the bridge between the two says. */
function processOf(request: IncomingMessage): number | undefined {
  const said = headerOf(request, processHeader);
  return said !== undefined && /^\d{1,10}$/.test(said) ? Number(said) : undefined;
}

/** The first event of a stream tells the client from where it can go on. */
function prime({ protocolVersion }: Session<OpenCall>, eventId: string): string | undefined {
  return protocolVersion >= primedSince ? `id: ${eventId}\nretry: ${retryMs}\ndata: \n\n` : undefined;
}

/** A client came back for results that died with an earlier hub, or were let go of: without an answer it would wait for ever. */
function describeLostCalls(ids: readonly RpcId[], sessionId: string): Response {
  const text =
    'The connection to AgentRQ broke, and the result of this call was lost with it. askHuman and waitForReply can simply be called ' +
    'again: nothing is asked twice. Anything else may have been done already, so look with getTask before you repeat it.';
  const frames = ids.map((id) => {
    const message = { jsonrpc: '2.0', id, result: { isError: true, content: [{ type: 'text', text }] } };
    return `event: message\ndata: ${JSON.stringify(message)}\n\n`;
  });
  return new Response(frames.join(''), {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform', 'mcp-session-id': sessionId },
  });
}
