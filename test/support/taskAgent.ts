import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import * as z from 'zod';
import { tasksExtension } from '../../src/protocol/mcpTasks.ts';
import { bridgeCommand } from './bridgeAgent.ts';
import type { AgentAddress, ToolResult } from './testAgent.ts';
import { waitFor } from './waitFor.ts';

// A real client of 2026-07-28 that says with each request that it follows tasks. The SDK leaves what to do with them to whoever uses it.

const taskSchema = z.object({
  taskId: z.string(),
  status: z.enum(['working', 'input_required', 'completed', 'failed', 'cancelled']),
  statusMessage: z.string().optional(),
  createdAt: z.iso.datetime(),
  lastUpdatedAt: z.iso.datetime(),
  ttlMs: z.null(),
  pollIntervalMs: z.int().positive(),
  result: z
    .object({
      content: z.array(z.object({ type: z.literal('text'), text: z.string() })),
      structuredContent: z.record(z.string(), z.unknown()),
      isError: z.boolean().optional(),
    })
    .optional(),
});
/** A call that goes on as a task, as the server says. */
export type TaskState = z.infer<typeof taskSchema>;

/** What came of a call: its result, or a task. */
export type Called = { kind: 'result'; result: ToolResult } | { kind: 'task'; task: TaskState };

export interface TaskAgent {
  client: Client;
  /** The process of the bridge, if it is reached over one. */
  pid: number | undefined;
  call(tool: string, args?: Record<string, unknown>): Promise<Called>;
  /** Calls, and fails if it isn't a task. */
  begin(tool: string, args?: Record<string, unknown>): Promise<TaskState>;
  /** Calls, and fails if it is a task. */
  plain(tool: string, args?: Record<string, unknown>): Promise<ToolResult>;
  get(taskId: string): Promise<TaskState>;
  cancel(taskId: string): Promise<void>;
  /** Polls until nothing more becomes of it. */
  end(taskId: string): Promise<TaskState>;
  close(): Promise<void>;
}

/** Where it connects: to a hub, or over a bridge that it starts. */
export type TaskAgentPlace = AgentAddress | { home: string; workspaceId: string };

export async function connectTaskAgent(place: TaskAgentPlace, name = 'test-agent'): Promise<TaskAgent> {
  const client = new Client(
    { name, version: '1.2.3' },
    { versionNegotiation: { mode: 'auto' }, capabilities: { extensions: { [tasksExtension]: {} } } },
  );
  const transport: Transport =
    'mcpUrl' in place
      ? new StreamableHTTPClientTransport(new URL(place.mcpUrl), {
          requestInit: { headers: { Authorization: `Bearer ${place.agentToken}` } },
        })
      : new StdioClientTransport({ ...bridgeCommand(place), stderr: 'ignore' });
  await client.connect(transport);
  const tasks = takeTasksOut(transport);

  async function call(tool: string, args: Record<string, unknown> = {}): Promise<Called> {
    const result = await client.callTool({ name: tool, arguments: args });
    const structured = z.record(z.string(), z.unknown()).parse(result.structuredContent ?? {});
    const taskId = structured[marker];
    if (typeof taskId === 'string') return { kind: 'task', task: tasks.get(taskId) as TaskState };
    const texts = result.content.map((part) => (part.type === 'text' ? part.text : ''));
    return { kind: 'result', result: { text: texts[0] ?? '', texts, structured, isError: result.isError === true } };
  }

  const get = (taskId: string): Promise<TaskState> => client.request({ method: 'tasks/get', params: { taskId } }, taskSchema);
  return {
    client,
    pid: transport instanceof StdioClientTransport ? (transport.pid ?? undefined) : undefined,
    call,
    async begin(tool, args) {
      const called = await call(tool, args);
      if (called.kind === 'task') return called.task;
      throw new Error(`${tool} is no task: ${called.result.text}`);
    },
    async plain(tool, args) {
      const called = await call(tool, args);
      if (called.kind === 'result') return called.result;
      throw new Error(`${tool} goes on as the task ${called.task.taskId}`);
    },
    get,
    async cancel(taskId) {
      await client.request({ method: 'tasks/cancel', params: { taskId } }, z.strictObject({ _meta: z.unknown().optional() }));
    },
    async end(taskId) {
      let task: TaskState | undefined;
      await waitFor(`the end of ${taskId}`, async () => {
        task = await get(taskId);
        return task.status !== 'working';
      });
      return task as TaskState;
    },
    close: () => client.close(),
  };
}

const marker = 'test/taskId';

/** The SDK's client takes no result but a whole one, so a task comes to it as one that names it. */
function takeTasksOut(transport: Transport): Map<string, TaskState> {
  const tasks = new Map<string, TaskState>();
  const { onmessage } = transport;
  const receive: typeof onmessage = (message, extra) => {
    if (!('result' in message) || message.result['resultType'] !== 'task') {
      onmessage?.(message, extra);
      return;
    }
    const task = taskSchema.parse(message.result);
    tasks.set(task.taskId, task);
    onmessage?.({ ...message, result: { resultType: 'complete', content: [], structuredContent: { [marker]: task.taskId } } }, extra);
  };
  Object.assign(transport, { onmessage: receive });
  return tasks;
}
