import { Agent } from 'node:http';
import { apiPrefix } from '../../../src/protocol/operations.ts';
import { benchToken } from '../servers/benchToken.ts';
import { callHttp } from './callHttp.ts';

/** The user, over REST and a connection that stays. */
export interface BenchPerson {
  /** A workspace with what an agent needs to reach it. */
  openWorkspace(name: string): Promise<{ workspaceId: string; mcpUrl: string; agentToken: string }>;
  createTask(workspaceId: string): Promise<string>;
  reply(workspaceId: string, taskId: string, text: string): Promise<void>;
  close(): void;
}

export function createBenchPerson(url: string): BenchPerson {
  const agent = new Agent({ keepAlive: true });
  async function call<T>(path: string, body?: unknown): Promise<T> {
    const method = body === undefined ? 'GET' : 'POST';
    const { status, text } = await callHttp(agent, url + apiPrefix + path, {
      method,
      headers: { authorization: `Bearer ${benchToken}` },
      body,
    });
    if (status >= 300) throw new Error(`${method} ${path} was answered with ${status}: ${text}`);
    return JSON.parse(text) as T;
  }
  return {
    async openWorkspace(name) {
      const { workspace } = await call<{ workspace: { id: string } }>('/workspaces', { name });
      const { token, mcpUrl } = await call<{ token: string; mcpUrl: string }>(`/workspaces/${workspace.id}/token`);
      return { workspaceId: workspace.id, mcpUrl, agentToken: token };
    },
    async createTask(workspaceId) {
      const { task } = await call<{ task: { id: string } }>(`/workspaces/${workspaceId}/tasks`, { title: 'Bench' });
      return task.id;
    },
    async reply(workspaceId, taskId, text) {
      await call(`/workspaces/${workspaceId}/tasks/${taskId}/reply`, { reply: { text } });
    },
    close: () => agent.destroy(),
  };
}
