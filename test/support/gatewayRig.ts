import type { HubOptions } from '../../src/hub/start/hubOptions.ts';
import type { Request, Task } from '../../src/protocol/model.ts';
import { freePort } from './freePort.ts';
import { connectGateway, type GatewayAsk, type GatewayClient, type GatewayKind } from './gatewayClient.ts';
import { openRawSession, type RawAnswer, type RawMcp, type RpcMessage } from './rawMcp.ts';
import { startTestHub, type TestHub } from './testHub.ts';
import { waitFor } from './waitFor.ts';

/** A hub with its person, and the gateways that a test connects. */
export interface GatewayRig {
  readonly test: TestHub;
  /** The hub ends and comes back, at the same address and with what it had on disk. */
  restart(): Promise<void>;
  /** The user makes a task. */
  task(title: string, body?: string): Promise<Task>;
  /** The user writes into a task. */
  write(taskId: string, text: string): Promise<string>;
  move(taskId: string, value: Task['status']): Promise<void>;
  /** The requests on the board. */
  requests(): Promise<Request[]>;
  /** Waits until one is open. */
  openRequest(): Promise<Request>;
  /** The user decides, the way that AgentRQ's scripts do. */
  decide(requestId: string, behavior: 'allow' | 'allow_always' | 'deny', taskId?: string): Promise<Response>;
  /** AgentRQ's REST: the parsed answer. */
  get(path: string): Promise<Record<string, unknown>>;
  /** A gateway with the client that it really has. */
  connect(kind: GatewayKind): Promise<GatewayClient>;
  /** A session of the older era, and the stream that it opened. */
  listen(name?: string, version?: string): Promise<{ agent: RawMcp; stream: RawAnswer }>;
  dispose(): Promise<void>;
}

export async function startGatewayRig(options: Partial<HubOptions> = {}): Promise<GatewayRig> {
  let test = await startTestHub({ port: await freePort(), ...options });
  const closers: (() => unknown)[] = [];
  const inWorkspace = { workspaceId: test.workspaceId };
  const port = Number(new URL(test.hub.url).port);
  const base = `${test.hub.url}/api/v1/workspaces/${test.workspaceId}`;
  const authorization = `Bearer ${test.hub.userToken}`;
  const requests = async (): Promise<Request[]> => (await test.api.call('getBoard', {})).requests;
  return {
    get test() {
      return test;
    },
    async restart() {
      await test.hub.close();
      test = await startTestHub({ ...options, home: test.home, port });
      // `fetch` may still hold a connection to the hub of before.
      await waitFor(
        'the new hub',
        async () =>
          await requests().then(
            () => true,
            () => false,
          ),
      );
    },
    task: async (title, body = 'b') => (await test.api.call('createTask', { ...inWorkspace, title, body })).task,
    write: async (taskId, text) => (await test.api.call('replyToTask', { ...inWorkspace, taskId, text })).message.id,
    async move(taskId, value) {
      await test.api.call('changeTaskStatus', { ...inWorkspace, taskId, value });
    },
    requests,
    async openRequest() {
      const find = async (): Promise<Request | undefined> => (await requests()).find(({ status }) => status === 'open');
      await waitFor('a request on the board', async () => (await find()) !== undefined);
      return (await find()) as Request;
    },
    decide: async (requestId, behavior, taskId = '00000000000') =>
      await fetch(`${base}/tasks/${taskId}/permission`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ requestId, behavior }),
      }),
    get: async (path) => (await (await fetch(base + path, { headers: { authorization } })).json()) as Record<string, unknown>,
    async connect(kind) {
      const gateway = await connectGateway(kind, test.agentAddress());
      closers.push(gateway.close);
      return gateway;
    },
    async listen(name = 'acp-gateway', version = '2025-11-25') {
      const agent = await openRawSession(test.agentAddress(), version, name);
      closers.push(agent.close);
      return { agent, stream: await agent.listen() };
    },
    async dispose() {
      for (const close of closers) await close();
      await test.dispose();
    },
  };
}

/** What was pushed over a stream, in its order. */
export function pushesOn(stream: RawAnswer): string[] {
  return stream
    .messages()
    .filter(({ method }) => method === 'notifications/claude/channel')
    .map(({ params }) => String(params?.['content']));
}

/** The verdicts that came over a stream, in their order. */
export function verdictsOn(stream: RawAnswer): RpcMessage['params'][] {
  return stream
    .messages()
    .filter(({ method }) => method === 'notifications/claude/channel/permission')
    .map(({ params }) => params);
}

/** Waits for a push. */
export async function heard(stream: RawAnswer, content: string): Promise<RpcMessage> {
  return await stream.waitForMessage(`“${content}”`, ({ params }) => params?.['content'] === content);
}

/** An agent asks for permission over the channel. */
export async function askLeave(agent: RawMcp, params: object): Promise<RawAnswer> {
  const answer = await agent.post({ jsonrpc: '2.0', method: 'notifications/claude/channel/permission_request', params });
  await answer.whole();
  return answer;
}

/** What such a request says. */
export function bash(requestId: string, command: string): GatewayAsk {
  return { request_id: requestId, tool_name: 'Bash', description: 'Run it', input_preview: JSON.stringify({ command }) };
}
