import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport, type StreamableHTTPReconnectionOptions } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as z from 'zod';
import type { AgentAddress } from './testAgent.ts';

/** AgentRQ's gateways, as they are known to set up the client of the 1.x SDK. */
export type GatewayKind = 'acp-gateway' | 'codex-gateway' | 'dsh-plugin-agentrq';
export const gatewayKinds: readonly GatewayKind[] = ['acp-gateway', 'codex-gateway', 'dsh-plugin-agentrq'];

/** What was pushed. */
export interface HeardPush {
  content: string;
  meta: Record<string, unknown>;
}

export interface HeardVerdict {
  request_id: string;
  behavior: string;
}

/** What a gateway asks for permission with. */
export interface GatewayAsk {
  request_id: string;
  tool_name: string;
  description: string;
  input_preview: string;
  task_id?: string;
}

export interface GatewayClient {
  client: Client;
  pushes: HeardPush[];
  /** Those that came when nobody listened for them. */
  unheardVerdicts: HeardVerdict[];
  readonly sessionId: string | undefined;
  /** Calls a tool, and returns its first text; an error of the tool is thrown. */
  call(tool: string, args?: Record<string, unknown>): Promise<string>;
  /**
   * Asks for permission, and listens for the verdict once its POST has been answered, no earlier: so do the gateways. It listens once this
   * is done.
   */
  ask(params: GatewayAsk): Promise<{ verdict: Promise<HeardVerdict> }>;
  /** The next task of the queue, by the tool that this gateway calls. `undefined`: there is none. */
  nextTask(): Promise<string | undefined>;
  /** The id of the task that a text is about, by the patterns of this gateway. */
  taskIdIn(text: string): string | undefined;
  close(): Promise<void>;
}

const pushSchema = z.object({
  method: z.literal('notifications/claude/channel'),
  params: z.object({ content: z.string().regex(/\S/), meta: z.looseObject({ chat_id: z.string().min(1) }) }),
});
const verdictSchema = z.object({
  method: z.literal('notifications/claude/channel/permission'),
  params: z.strictObject({ request_id: z.string(), behavior: z.enum(['allow', 'deny']) }),
});

const patient: StreamableHTTPReconnectionOptions = {
  initialReconnectionDelay: 1_000,
  maxReconnectionDelay: 15 * 60_000,
  reconnectionDelayGrowFactor: 2,
  maxRetries: 100,
};

interface Habits {
  version: string;
  reconnectionOptions?: StreamableHTTPReconnectionOptions;
  tool: 'getNextTask' | 'getTask';
  patterns: RegExp[];
  isEmpty: (text: string) => boolean;
  timeoutMs: number;
}

const anyTask = [/Task ID[:\s]+([\w-]+)/i, /Response to task[:\s]+([\w-]+)/i, /task[:\s]+([\w-]+)/i];
const habits: Record<GatewayKind, Habits> = {
  'acp-gateway': {
    version: '0.1.0',
    tool: 'getNextTask',
    patterns: anyTask,
    isEmpty: (text) => text.includes('no pending tasks exist'),
    timeoutMs: 60_000,
  },
  'codex-gateway': {
    version: '0.1.3',
    reconnectionOptions: patient,
    tool: 'getTask',
    patterns: [/Next assigned task:\s*ID:\s*([\w-]+)/i, ...anyTask],
    isEmpty: (text) => text.includes('no pending tasks exist'),
    timeoutMs: 60_000,
  },
  'dsh-plugin-agentrq': {
    version: '0.2.5',
    tool: 'getTask',
    patterns: [/^ID: (.*)$/m],
    isEmpty: (text) => text.trim() === 'no pending tasks exist',
    timeoutMs: 30_000,
  },
};

/** Connects: the token in the address, no header, no capabilities. */
export async function connectGateway(kind: GatewayKind, { mcpUrl, agentToken }: AgentAddress): Promise<GatewayClient> {
  const { version, reconnectionOptions, tool: queueTool, patterns, isEmpty, timeoutMs } = habits[kind];
  const client = new Client({ name: kind, version });
  const pushes: HeardPush[] = [];
  const unheardVerdicts: HeardVerdict[] = [];
  const waiting = new Map<string, (verdict: HeardVerdict) => void>();
  client.setNotificationHandler(pushSchema, ({ params }) => void pushes.push(params));
  client.setNotificationHandler(verdictSchema, ({ params }) => {
    const hear = waiting.get(params.request_id);
    if (hear === undefined) unheardVerdicts.push(params);
    else hear(params);
  });
  const transport = new StreamableHTTPClientTransport(new URL(`${mcpUrl}?token=${agentToken}`), {
    ...(reconnectionOptions !== undefined && { reconnectionOptions }),
  });
  await client.connect(transport);

  async function call(tool: string, args: Record<string, unknown> = {}): Promise<string> {
    const result = await client.callTool({ name: tool, arguments: args }, undefined, { timeout: timeoutMs });
    const content = result.content as { type: string; text?: string }[];
    const text = content[0]?.text ?? '';
    if (result.isError === true) throw new Error(text);
    return text;
  }

  return {
    client,
    pushes,
    unheardVerdicts,
    get sessionId() {
      return transport.sessionId;
    },
    call,
    async ask(params) {
      await client.notification({ method: 'notifications/claude/channel/permission_request', params: { ...params } });
      return { verdict: new Promise((resolve) => waiting.set(params.request_id, resolve)) };
    },
    async nextTask() {
      const text = await call(queueTool);
      return isEmpty(text) ? undefined : text;
    },
    taskIdIn: (text) => patterns.map((pattern) => pattern.exec(text)?.[1]).find((id) => id !== undefined),
    close: () => client.close(),
  };
}
