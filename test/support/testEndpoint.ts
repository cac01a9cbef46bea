import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sendRpcError, toHubError } from '../../src/hub/http/respond.ts';
import { createBackground } from '../../src/hub/lifecycle/background.ts';
import { createEventLog } from '../../src/hub/log/eventLog.ts';
import { createPresenceFeed } from '../../src/hub/log/presenceFeed.ts';
import { createMcpEndpoint, type McpEndpoint } from '../../src/hub/mcp/mcpEndpoint.ts';
import { createAgents } from '../../src/hub/service/agents.ts';
import { createPermissionWaits } from '../../src/hub/service/awaitPermission.ts';
import { createConnections } from '../../src/hub/service/connections.ts';
import type { ServiceContext } from '../../src/hub/service/context.ts';
import { foldersOf } from '../../src/hub/service/folders.ts';
import { createTaskPolls } from '../../src/hub/service/taskPolls.ts';
import { createAttachmentFiles } from '../../src/hub/storage/attachmentFiles.ts';
import { migrate } from '../../src/hub/storage/migrations.ts';
import { createStore, type Store } from '../../src/hub/storage/store.ts';
import { createWriter } from '../../src/hub/storage/writer.ts';
import { createIdGenerator } from '../../src/protocol/ids.ts';
import { timestamp } from '../../src/util/clock.ts';
import { nullLog } from '../../src/util/log.ts';
import { createFakeClock, type FakeClock } from './fakeClock.ts';
import type { AgentAddress } from './testAgent.ts';
import { unexpected } from './unexpected.ts';

/** The hub's MCP endpoint behind a real server, without its gate: a test can reach what no address leads to, and time is its own. */
export interface TestEndpoint {
  endpoint: McpEndpoint;
  context: ServiceContext;
  clock: FakeClock;
  workspaceId: string;
  address(workspaceId?: string): AgentAddress;
  sseAddress(workspaceId?: string): AgentAddress;
  /** The answer to the newest request. */
  readonly latest: ServerResponse | undefined;
  /** Another process takes over: the same tables, nothing in memory. */
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

const firstWorkspace = '00000000001';
export const secondWorkspace = '00000000002';

export async function startTestEndpoint(): Promise<TestEndpoint> {
  const database = new DatabaseSync(':memory:');
  migrate(database);
  const store = createStore(database);
  const clock = createFakeClock();
  const now = timestamp(clock);
  for (const id of [firstWorkspace, secondWorkspace])
    store.workspaces.put({ id, name: id, description: '', createdAt: now, updatedAt: now });

  let started = start(store, database, clock);
  let latest: ServerResponse | undefined;
  const server = createServer((request, response) => {
    latest = response;
    const url = new URL(request.url ?? '/', 'http://hub');
    const [, door, workspaceId = '', messages] = url.pathname.split('/');
    const { endpoint } = started;
    const handled =
      door === 'mcp'
        ? endpoint.handle(request, response, workspaceId)
        : endpoint.handleSse(
            request,
            response,
            workspaceId,
            messages === undefined
              ? { kind: 'stream', token: undefined }
              : { kind: 'messages', sessionId: url.searchParams.get('sessionId') },
          );
    handled.catch((error: unknown) => sendRpcError(response, toHubError(error, { failed: unexpected })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function stop(): Promise<void> {
    started.closing.abort();
    await started.endpoint.close();
    server.closeAllConnections();
  }

  return {
    get endpoint() {
      return started.endpoint;
    },
    get context() {
      return started.context;
    },
    get latest() {
      return latest;
    },
    clock,
    workspaceId: firstWorkspace,
    address: (id = firstWorkspace) => ({ mcpUrl: `${url}/mcp/${id}`, agentToken: 'none' }),
    sseAddress: (id = firstWorkspace) => ({ mcpUrl: `${url}/sse/${id}`, agentToken: 'none' }),
    async restart() {
      await stop();
      started = start(store, database, clock);
    },
    async dispose() {
      await stop();
      await new Promise((resolve) => server.close(resolve));
      database.close();
    },
  };
}

function start(store: Store, database: DatabaseSync, clock: FakeClock) {
  const log = createEventLog({ database, epoch: 'e', onError: unexpected });
  const closing = new AbortController();
  const context: ServiceContext = {
    store,
    transact: createWriter({ database, store, log, clock }),
    log,
    presence: createPresenceFeed(unexpected),
    attachmentFiles: createAttachmentFiles(join(tmpdir(), 'agentrq-no-attachments')),
    connections: createConnections(unexpected),
    taskPolls: createTaskPolls(clock),
    folders: foldersOf('linux'),
    clock,
    background: createBackground({ clock, log: nullLog }),
    newId: createIdGenerator(() => clock.now()),
    closing: closing.signal,
    waitSeconds: {},
  };
  let ids = 0;
  const run = Math.trunc(performance.now());
  const agents = createAgents(context);
  const endpoint = createMcpEndpoint({
    context,
    agents,
    waits: createPermissionWaits({ context, agents }),
    log: nullLog,
    version: '1',
    randomId: () => `id-${run}-${++ids}`,
  });
  return { endpoint, context, closing };
}

/** The requests that the agent of that name waits for. */
export function waitingFor({ context, workspaceId }: TestEndpoint, name = 'raw-agent'): string[] | undefined {
  const agent = context.store.agents.byName(workspaceId, name);
  return agent && context.presence.of(agent).waitingFor;
}
