import { type RawAnswer, type RpcMessage, rawMcp } from '../../support/rawMcp.ts';
import { connectAgent, type ToolResult } from '../../support/testAgent.ts';
import type { TestHub } from '../../support/testHub.ts';
import type { Wire } from './matrix.ts';

/** An agent that speaks to the hub as a real one does. */
export interface PlayedAgent {
  /** The first text of the result, and all of them. */
  call(tool: string, args?: Record<string, unknown>): Promise<Pick<ToolResult, 'text' | 'texts'>>;
  /** Sends an event of its hooks. */
  hook(event: Record<string, unknown>, signal?: AbortSignal): Promise<Record<string, unknown>>;
  notify(method: string, params: Record<string, unknown>): Promise<void>;
  /** What the hub has pushed to it. */
  pushed(): readonly RpcMessage[];
  close(): Promise<void>;
}

export async function playAgent(test: TestHub, wire: Wire): Promise<PlayedAgent> {
  const address = test.agentAddress();
  const hook: PlayedAgent['hook'] = async (event, signal) => {
    const response = await fetch(`${test.hub.url}/hooks/${test.workspaceId}/${wire.hooks?.dialect ?? ''}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${address.agentToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...wire.hooks?.session, ...event }),
      ...(signal !== undefined && { signal }),
    });
    return (await response.json()) as Record<string, unknown>;
  };
  if (wire.revision === '2026-07-28') {
    const client = await connectAgent('modern', address, wire.client);
    return { call: (tool, args) => client.call(tool, args), hook, notify: async () => {}, pushed: () => [], close: () => client.close() };
  }
  const client = rawMcp(address, { accept: wire.accept });
  const introduction = {
    protocolVersion: wire.revision,
    capabilities: { roots: { listChanged: true } },
    clientInfo: { name: wire.client, version: '1' },
  };
  const begun = await client.post({ jsonrpc: '2.0', id: 0, method: 'initialize', params: introduction });
  await begun.whole();
  client.sessionId = String(begun.headers['mcp-session-id']);
  await (await client.post({ jsonrpc: '2.0', method: 'notifications/initialized' })).whole();
  // Real clients list both types here.
  const stream: RawAnswer = await client.send('GET', { headers: { accept: 'text/event-stream, application/json' } });
  let lastId = 0;
  return {
    async call(tool, args = {}) {
      lastId += 1;
      const id = lastId;
      const params = { name: tool, arguments: args, _meta: { progressToken: id } };
      const answer = await client.post({ jsonrpc: '2.0', id, method: 'tools/call', params }, { 'mcp-protocol-version': wire.revision });
      const { result } = await answer.waitForMessage(`the result of ${tool}`, (message) => message.id === id);
      const texts = ((result?.['content'] ?? []) as { text?: string }[]).map(({ text }) => text ?? '');
      return { text: texts[0] ?? '', texts };
    },
    hook,
    async notify(method, params) {
      await (await client.post({ jsonrpc: '2.0', method, params })).whole();
    },
    pushed: () => stream.messages(),
    async close() {
      await client.send('DELETE');
      client.close();
    },
  };
}
