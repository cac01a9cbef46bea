import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type HandleRequestOptions,
  type JSONRPCMessage,
  LATEST_PROTOCOL_VERSION,
  type McpServer,
  SUPPORTED_PROTOCOL_VERSIONS,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { retryMs } from '../../../protocol/limits.ts';
import { isObject } from '../../../protocol/rpc.ts';
import type { StoredSession } from '../../storage/tables/sessions.ts';
import { introductionIn } from '../request/readClient.ts';
import type { EventStores, SessionEvents, StreamOwner } from './eventStore.ts';
import type { SessionIdentity } from './sessionStreams.ts';

/** A session of the older era (2025-11-25 and before) over Streamable HTTP, with a server and a transport of its own. */
export interface ConnectedSession<Call extends StreamOwner> extends SessionIdentity {
  /** What its streams have carried. */
  readonly events: SessionEvents<Call>;
  /** Hands an HTTP request to the SDK. `call`: whose answers the response will carry. */
  handle(request: Request, options?: HandleRequestOptions, call?: Call): Promise<Response>;
  /** Writes a message that answers nothing to the standalone stream, and an answer to the stream of its request. */
  send(message: JSONRPCMessage): Promise<void>;
  closeStandaloneStream(): void;
  close(): Promise<void>;
}

/**
 * Connects a session; it begins when it has handled its `initialize` request.
 * @param hooks `onBegin`: it has begun. `onEnd`: its client has ended it.
 */
export async function connectSession<Call extends StreamOwner>(
  { id, workspaceId, initialize }: Pick<StoredSession, 'id' | 'workspaceId' | 'initialize'>,
  server: McpServer,
  eventStores: EventStores<Call>,
  hooks: { onBegin: () => void; onEnd: () => void },
): Promise<ConnectedSession<Call>> {
  // The SDK doesn't say which request a stream belongs to when it stores an event of it.
  const currentCall = new AsyncLocalStorage<Call | undefined>();
  const events = eventStores.open(() => currentCall.getStore());
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: () => id,
    eventStore: events,
    retryInterval: retryMs,
    onsessioninitialized: hooks.onBegin,
    onsessionclosed() {
      hooks.onEnd();
      events.dispose();
    },
  });
  await server.connect(transport);
  return {
    id,
    workspaceId,
    introduction: introductionIn(isObject(initialize['params']) ? initialize['params'] : {}) ?? { name: 'agent' },
    protocolVersion: agreedVersion(initialize),
    events,
    handle: (request, options, call) => currentCall.run(call, () => transport.handleRequest(request, options)),
    send: (message) => transport.send(message),
    closeStandaloneStream: () => transport.closeStandaloneSSEStream(),
    async close() {
      events.dispose();
      await transport.close();
    },
  };
}

/** The revision that the SDK answers this `initialize` with. */
export function agreedVersion(initialize: Record<string, unknown>): string {
  const { params } = initialize;
  const asked = typeof params === 'object' && params !== null && 'protocolVersion' in params ? params.protocolVersion : undefined;
  return typeof asked === 'string' && SUPPORTED_PROTOCOL_VERSIONS.includes(asked) ? asked : LATEST_PROTOCOL_VERSION;
}
