import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { programs } from './programs.ts';

/** An agent over stdio: a real MCP client that started the bridge itself. */
export interface BridgeAgent {
  client: Client;
  /** The process of the bridge. */
  pid: number;
  /** Calls a tool, and returns its texts and its data. */
  call(tool: string, args?: Record<string, unknown>): Promise<BridgeResult>;
  /** What the bridge wrote to stderr. */
  errors(): string;
  close(): Promise<void>;
}

export interface BridgeResult {
  texts: string[];
  structured: Record<string, unknown>;
  isError: boolean;
}

/** The command line that an agent's config has for the bridge. */
export function bridgeCommand(options: { home: string; workspaceId: string }): { command: string; args: string[] } {
  return {
    command: process.execPath,
    args: ['--no-warnings', programs.bridge, '--workspace', options.workspaceId, '--home', options.home],
  };
}

/** Starts the bridge and initializes. */
export async function connectBridge(options: { home: string; workspaceId: string; name?: string }): Promise<BridgeAgent> {
  const transport = new StdioClientTransport({ ...bridgeCommand(options), stderr: 'pipe' });
  let errors = '';
  transport.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const client = new Client({ name: options.name ?? 'bridge-agent', version: '1.2.3' });
  await client.connect(transport);
  return {
    client,
    pid: transport.pid ?? 0,
    errors: () => errors,
    close: () => client.close(),
    async call(tool, args = {}) {
      const { content, structuredContent, isError } = (await client.callTool({ name: tool, arguments: args })) as {
        content: { text?: string }[];
        structuredContent?: Record<string, unknown>;
        isError?: boolean;
      };
      return { texts: content.map(({ text }) => text ?? ''), structured: structuredContent ?? {}, isError: isError === true };
    },
  };
}
