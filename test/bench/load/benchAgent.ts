import { Agent } from 'node:http';
import { callHttp } from './callHttp.ts';

/** `older`: 2025-11-25, with a session. `newer`: 2026-07-28, where each call stands alone. */
export type Era = 'older' | 'newer';

/** An agent that speaks MCP with as little of its own as possible. */
export interface BenchAgent {
  /** The text of the result. @throws Error for an error of the tool or of the protocol */
  call(tool: string, args: Record<string, unknown>): Promise<string>;
  close(): void;
}

const versions = { older: '2025-11-25', newer: '2026-07-28' } as const;

export async function connectBenchAgent(
  era: Era,
  { mcpUrl, agentToken }: { mcpUrl: string; agentToken: string },
  name: string,
): Promise<BenchAgent> {
  const agent = new Agent({ keepAlive: true });
  const version = versions[era];
  const clientInfo = { name, version: '1' };
  let session: string | undefined;
  let id = 0;

  async function post(method: string, params: Record<string, unknown>, toolName?: string): Promise<string> {
    id += 1;
    const headers = {
      authorization: `Bearer ${agentToken}`,
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': version,
      ...(session !== undefined && { 'mcp-session-id': session }),
      ...(era === 'newer' && { 'mcp-method': method, 'mcp-name': toolName }),
    };
    const notification = method.startsWith('notifications/');
    const body = { jsonrpc: '2.0', ...(!notification && { id }), method, params };
    const answer = await callHttp(agent, mcpUrl, { headers, body });
    const given = answer.headers['mcp-session-id'];
    if (typeof given === 'string') session = given;
    if (answer.status >= 300) throw new Error(`${method} was answered with ${answer.status}: ${answer.text}`);
    return answer.text;
  }

  if (era === 'older') {
    await post('initialize', { protocolVersion: version, capabilities: {}, clientInfo });
    await post('notifications/initialized', {});
  }
  const meta = {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientInfo': clientInfo,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return {
    async call(tool, args) {
      const text = await post('tools/call', { name: tool, arguments: args, ...(era === 'newer' && { _meta: meta }) }, tool);
      const json = text.startsWith('{') ? text : /^data: (\{.*)$/m.exec(text)?.[1];
      const { result, error } = JSON.parse(json ?? '{}') as {
        result?: { isError?: boolean; content?: { text?: string }[] };
        error?: { message: string };
      };
      const said = result?.content?.[0]?.text;
      if (said === undefined || result?.isError === true) throw new Error(`${tool} failed: ${said ?? error?.message ?? text}`);
      return said;
    },
    close: () => agent.destroy(),
  };
}
