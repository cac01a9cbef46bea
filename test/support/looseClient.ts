import { spawn } from 'node:child_process';
import { readLines } from '../../src/agents/bridge/lines.ts';
import { bridgeCommand } from './bridgeAgent.ts';
import { eventData } from './eventData.ts';
import { initializeRequest, type RpcMessage, rawMcp } from './rawMcp.ts';
import type { TestHub } from './testHub.ts';
import { waitFor } from './waitFor.ts';

/** The ways in: both eras over HTTP, the transport of before, and the bridge. */
export type Door = 'older' | 'newer' | 'sse' | 'bridge';
export const doors: readonly Door[] = ['older', 'newer', 'sse', 'bridge'];

/** A message of which every byte is a test's own. All but the method is JSON, without its braces where it is an object. */
export interface LooseMessage {
  /** Left out: a notification. */
  id?: string;
  method: string;
  /** The members of its params; `params`, in their place, is all of them. */
  members?: string;
  params?: string;
  /** The members of `_meta`. */
  meta?: string;
  /** Whatever else stands in the message. */
  beside?: string;
}

/** What came back. */
export interface LooseAnswer {
  /** Of the POST. */
  status: number;
  /** The message, as it came. */
  raw: string;
  message: RpcMessage;
  /** What was said before it. */
  before: string[];
}

/** A client that writes its messages by hand. */
export interface LooseClient {
  /** Sends a message, and waits for what answers it. */
  ask(message: LooseMessage | string): Promise<LooseAnswer>;
  /** Sends what gets no answer. */
  tell(message: LooseMessage | string): Promise<void>;
  close(): Promise<void>;
}

const envelope =
  '"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},' +
  '"io.modelcontextprotocol/clientInfo":{"name":"loose-agent","version":"1"}';

const join = (...members: (string | undefined)[]): string => members.filter((member) => member !== undefined && member !== '').join(',');

function textOf(door: Door, message: LooseMessage | string): string {
  if (typeof message === 'string') return message;
  const { id, method, members, params, meta, beside } = message;
  const all = door === 'newer' ? join(envelope, meta) : meta;
  const own = join(members, all === undefined ? undefined : `"_meta":{${all}}`);
  return `{${join(
    '"jsonrpc":"2.0"',
    id === undefined ? undefined : `"id":${id}`,
    `"method":"${method}"`,
    params === undefined ? (own === '' ? undefined : `"params":{${own}}`) : `"params":${params}`,
    beside,
  )}}`;
}

function headersOf(message: LooseMessage | string): Record<string, string> {
  if (typeof message === 'string') return { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' };
  const name = /"name":"([^"]*)"/.exec(message.members ?? '')?.[1];
  return { 'mcp-protocol-version': '2026-07-28', 'mcp-method': message.method, ...(name !== undefined && { 'mcp-name': name }) };
}

const isAnswer = (raw: string): boolean => {
  const message = JSON.parse(raw) as object;
  return 'result' in message || 'error' in message;
};

function toAnswer(status: number, lines: readonly string[]): LooseAnswer {
  const place = lines.findIndex(isAnswer);
  const raw = lines[place] ?? '{}';
  return { status, raw, message: JSON.parse(raw) as RpcMessage, before: lines.slice(0, place) };
}

const linesOf = (text: string): string[] => (text.startsWith('{') || text.startsWith('[') ? [text] : eventData(text));

/** Connects by a door, as a client does that gets it all right. */
export async function connectLoosely(door: Door, test: TestHub, name = 'loose-agent'): Promise<LooseClient> {
  if (door === 'bridge') return await startBridge(test, name);
  if (door === 'sse') return await openSse(test, name);
  const address = test.agentAddress();
  const client = rawMcp(address);
  if (door === 'older') {
    const begun = await client.post(initializeRequest('2025-06-18', name));
    await begun.whole();
    client.sessionId = String(begun.headers['mcp-session-id']);
  }
  const post = async (message: LooseMessage | string): Promise<{ status: number; text: string }> => {
    const headers = {
      authorization: `Bearer ${address.agentToken}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(door === 'newer' ? headersOf(message) : { 'mcp-session-id': client.sessionId ?? '' }),
    };
    const response = await fetch(address.mcpUrl, { method: 'POST', headers, body: textOf(door, message) });
    return { status: response.status, text: await response.text() };
  };
  return {
    async ask(message) {
      const { status, text } = await post(message);
      return toAnswer(status, linesOf(text));
    },
    async tell(message) {
      const { status, text } = await post(message);
      if (status !== 202) throw new Error(`${status}: ${text}`);
    },
    async close() {
      client.close();
    },
  };
}

async function openSse({ hub, workspaceId, agentAddress }: TestHub, name: string): Promise<LooseClient> {
  const { agentToken } = agentAddress();
  const address = { mcpUrl: `${hub.url}/sse/${workspaceId}`, agentToken };
  const client = rawMcp(address);
  const stream = await client.send('GET', { headers: { accept: 'text/event-stream' } });
  await waitFor('the address', () => stream.text().includes('\n\n'));
  const endpoint = /data: (\S+)/.exec(stream.text())?.[1] ?? '';
  const post = async (text: string): Promise<{ status: number; text: string }> => {
    const headers = { authorization: `Bearer ${agentToken}`, 'content-type': 'application/json' };
    const response = await fetch(hub.url + endpoint, { method: 'POST', headers, body: text });
    return { status: response.status, text: await response.text() };
  };
  const ask = async (text: string): Promise<LooseAnswer> => {
    const had = linesOf(stream.text()).length;
    const { status, text: refusal } = await post(text);
    if (status !== 202) return toAnswer(status, linesOf(refusal));
    const fresh = (): string[] => linesOf(stream.text()).slice(had);
    await waitFor('the answer on the stream', () => fresh().some(isAnswer));
    return toAnswer(status, fresh());
  };
  await ask(JSON.stringify(initializeRequest('2024-11-05', name)));
  return {
    ask: (message) => ask(textOf('sse', message)),
    async tell(message) {
      const { status, text } = await post(textOf('sse', message));
      if (status !== 202) throw new Error(`${status}: ${text}`);
    },
    close: async () => client.close(),
  };
}

async function startBridge({ home, workspaceId }: TestHub, name: string): Promise<LooseClient> {
  const { command, args } = bridgeCommand({ home, workspaceId });
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reading = (async () => {
    child.stdout.setEncoding('utf8');
    for await (const line of readLines(child.stdout as AsyncIterable<string>)) lines.push(line);
  })();
  const ask = async (text: string): Promise<LooseAnswer> => {
    const had = lines.length;
    child.stdin.write(`${text}\n`);
    await waitFor('the answer of the bridge', () => lines.slice(had).some(isAnswer));
    return toAnswer(200, lines.slice(had));
  };
  await ask(JSON.stringify(initializeRequest('2025-06-18', name)));
  return {
    ask: (message) => ask(textOf('bridge', message)),
    async tell(message) {
      child.stdin.write(`${textOf('bridge', message)}\n`);
    },
    async close() {
      child.stdin.end();
      await reading;
    },
  };
}
