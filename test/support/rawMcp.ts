import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { eventData } from './eventData.ts';
import type { AgentAddress } from './testAgent.ts';
import { waitFor } from './waitFor.ts';

/** An answer as it comes: a piece of JSON, or a stream. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Everything that came, as it came. */
  text(): string;
  /** The JSON-RPC messages that have come. */
  messages(): RpcMessage[];
  /** Has it ended, in order or not? */
  ended(): boolean;
  waitForMessage(description: string, check: (message: RpcMessage) => boolean): Promise<RpcMessage>;
  /** Waits for its end. */
  whole(): Promise<RpcMessage[]>;
  /** Hangs up. */
  cut(): void;
}

export interface RpcMessage {
  id?: string | number | null;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { code: number; message: string; data?: { code?: string } };
}

/** An MCP client of the older era whose every header is a test's own. */
export interface RawMcp {
  readonly sessionId: string | undefined;
  send(method: string, options?: { body?: unknown; headers?: Record<string, string | undefined>; path?: string }): Promise<RawAnswer>;
  post(body: unknown, headers?: Record<string, string | undefined>): Promise<RawAnswer>;
  /** Opens a stream; `after`: goes on after that event. */
  listen(after?: string): Promise<RawAnswer>;
  call(id: string | number, tool: string, args?: Record<string, unknown>): Promise<RawAnswer>;
  /** Cuts everything that is open. */
  close(): void;
}

export function rawMcp(
  { mcpUrl, agentToken }: AgentAddress,
  defaults: Record<string, string | undefined> = {},
): RawMcp & { sessionId: string | undefined } {
  const open = new Set<() => void>();
  const client: RawMcp & { sessionId: string | undefined } = {
    sessionId: undefined,
    async send(method, { body, headers = {}, path = '' } = {}) {
      const given: Record<string, string | undefined> = {
        authorization: `Bearer ${agentToken}`,
        accept: 'application/json, text/event-stream',
        'mcp-session-id': client.sessionId,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...defaults,
        ...headers,
      };
      const sent = request(mcpUrl + path, {
        method,
        agent: false,
        headers: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Record<string, string>,
      });
      sent.end(body === undefined ? undefined : JSON.stringify(body));
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      const cut = (): void => void sent.destroy();
      open.add(cut);
      return read(response, cut);
    },
    post: (body, headers = {}) => client.send('POST', { body, headers }),
    listen: (after) => client.send('GET', { headers: { accept: 'text/event-stream', 'last-event-id': after } }),
    call: (id, name, args = {}) => client.post({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } }),
    close() {
      for (const cut of open) cut();
    },
  };
  return client;
}

/** Begins a session, the way that clients do. */
export async function openRawSession(address: AgentAddress, protocolVersion = '2025-11-25', name = 'raw-agent'): Promise<RawMcp> {
  const client = rawMcp(address, { 'mcp-protocol-version': protocolVersion });
  const answer = await client.post(initializeRequest(protocolVersion, name));
  await answer.whole();
  client.sessionId = String(answer.headers['mcp-session-id']);
  await (await client.post({ jsonrpc: '2.0', method: 'notifications/initialized' })).whole();
  return client;
}

export function initializeRequest(protocolVersion = '2025-11-25', name = 'raw-agent'): Record<string, unknown> {
  return {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: { protocolVersion, capabilities: {}, clientInfo: { name, version: '1' } },
  };
}

function read(response: IncomingMessage, cut: () => void): RawAnswer {
  let text = '';
  let ended = false;
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => (text += chunk));
  response.on('error', () => {});
  response.on('close', () => (ended = true));

  function messages(): RpcMessage[] {
    if (response.headers['content-type']?.startsWith('application/json') === true) {
      if (!ended) return [];
      const body = JSON.parse(text) as RpcMessage | RpcMessage[];
      return Array.isArray(body) ? body : [body];
    }
    return eventData(text).map((data) => JSON.parse(data) as RpcMessage);
  }

  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: () => text,
    messages,
    ended: () => ended,
    async waitForMessage(description, check) {
      await waitFor(description, () => messages().some(check));
      return messages().find(check) as RpcMessage;
    },
    async whole() {
      await waitFor('the answer to end', () => ended);
      return messages();
    },
    cut,
  };
}

/** The id of the last event on a stream; waits for the first. */
export async function lastEventId(answer: RawAnswer): Promise<string> {
  const ids = (): string[] => [...answer.text().matchAll(/^id: (.*)\n/gm)].map(([, id]) => id ?? '');
  await waitFor('an event id', () => ids().length > 0);
  return ids().at(-1) ?? '';
}
