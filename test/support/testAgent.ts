import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport as SseTransportV1 } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { waitHeader } from '../../src/protocol/limits.ts';
import { taskIdOf } from './taskIdOf.ts';

/**
 * The newer era (2026-07-28, no sessions), the older one as the 1.x SDK speaks it (2025-11-25, sessions), and the same over the
 * transport of 2024-11-05 (HTTP+SSE), whose sessions end with their connection.
 */
export type Era = 'modern' | 'legacy' | 'sse';
export const eras: readonly Era[] = ['modern', 'legacy'];

/** Where an agent connects. */
export interface AgentAddress {
  mcpUrl: string;
  agentToken: string;
}

/** The result of a call, as an agent reads it. */
export interface ToolResult {
  /** The first text. */
  text: string;
  /** All texts. */
  texts: string[];
  structured: Record<string, unknown>;
  isError: boolean;
}

/** A real MCP client that plays an agent. */
export interface TestAgent {
  call(tool: string, args?: Record<string, unknown>, options?: CallOptions): Promise<ToolResult>;
  /** Puts a task on the board. @returns its id */
  createTask(title: string, body?: string): Promise<string>;
  listTools(): Promise<{ name: string; inputSchema: object; annotations?: Record<string, unknown> | undefined }[]>;
  instructions(): string | undefined;
  protocolVersion(): string | undefined;
  close(): Promise<void>;
}

interface CallOptions {
  signal?: AbortSignal;
  onprogress?: (progress: { progress: number; message?: string | undefined }) => void;
  timeout?: number;
}

/** @param waitSeconds how long its calls may wait, instead of what the hub and the SDK usually let them */
export async function connectAgent(
  era: Era,
  { mcpUrl, agentToken }: AgentAddress,
  name = 'test-agent',
  waitSeconds?: number,
): Promise<TestAgent> {
  const waits = waitSeconds === undefined ? {} : { [waitHeader]: String(waitSeconds) };
  const patience = waitSeconds === undefined ? {} : { timeout: (waitSeconds + 10) * 1_000 };
  const requestInit = { headers: { Authorization: `Bearer ${agentToken}`, ...waits } };
  const info = { name, version: '1.2.3' };
  if (era !== 'modern') {
    const client = new ClientV1(info);
    const transport =
      era === 'sse'
        ? new SseTransportV1(new URL(mcpUrl.replace('/mcp/', '/sse/')), { requestInit })
        : new TransportV1(new URL(mcpUrl), { requestInit });
    let protocolVersion: string | undefined;
    const { setProtocolVersion } = transport;
    transport.setProtocolVersion = (version) => {
      protocolVersion = version;
      setProtocolVersion.call(transport, version);
    };
    await client.connect(transport);
    const call: TestAgent['call'] = async (tool, args = {}, options = {}) =>
      read(await client.callTool({ name: tool, arguments: args }, undefined, { ...patience, ...options }));
    return {
      call,
      createTask: (title, body) => createTask(call, title, body),
      listTools: async () => (await client.listTools()).tools,
      instructions: () => client.getInstructions(),
      protocolVersion: () => protocolVersion,
      close: () => client.close(),
    };
  }
  const client = new Client(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await client.connect(new StreamableHTTPClientTransport(new URL(mcpUrl), { requestInit }));
  const call: TestAgent['call'] = async (tool, args = {}, options = {}) =>
    read(await client.callTool({ name: tool, arguments: args }, { ...patience, ...options }));
  return {
    call,
    createTask: (title, body) => createTask(call, title, body),
    listTools: async () => (await client.listTools()).tools,
    instructions: () => client.getInstructions(),
    protocolVersion: () => client.getNegotiatedProtocolVersion(),
    close: () => client.close(),
  };
}

async function createTask(call: TestAgent['call'], title: string, body = 'As the title says.'): Promise<string> {
  return taskIdOf((await call('createTask', { title, body })).text);
}

function read(result: unknown): ToolResult {
  const {
    content = [],
    structuredContent = {},
    isError = false,
  } = result as {
    content?: { type: string; text?: string }[];
    structuredContent?: Record<string, unknown>;
    isError?: boolean;
  };
  const texts = content.map(({ text }) => text ?? '');
  return { text: texts[0] ?? '', texts, structured: structuredContent, isError };
}
