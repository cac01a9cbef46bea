import { HubError } from '../../protocol/hubErrors.ts';
import type { Agent, Request, Task, Workspace } from '../../protocol/model.ts';
import type { Store } from '../storage/store.ts';

/** The workspace with this id. @throws HubError `workspace_not_found` */
export function findWorkspace(store: Store, workspaceId: string): Workspace {
  const workspace = store.workspaces.get(workspaceId);
  if (workspace !== undefined) return workspace;
  throw new HubError(
    'workspace_not_found',
    `There is no workspace ${workspaceId} on this hub. Connect the agent again to get its address.`,
  );
}

/** The task, if it belongs to the workspace: an id of another one is as unknown as a wrong one. @throws HubError `task_not_found` */
export function findTask(store: Store, workspaceId: string, taskId: string): Task {
  const task = store.tasks.get(taskId);
  if (task?.workspaceId === workspaceId) return task;
  throw new HubError('task_not_found', `There is no task ${taskId} in this workspace. It may have been deleted.`);
}

/** The request, if it belongs to the workspace. @throws HubError `request_not_found` */
export function findRequest(store: Store, workspaceId: string, requestId: string): Request {
  const request = store.requests.get(requestId);
  if (request?.workspaceId === workspaceId) return request;
  throw new HubError('request_not_found', `There is no request ${requestId} in this workspace. Its task may have been deleted.`);
}

/** The agent, if it belongs to the workspace. @throws HubError `agent_not_found` */
export function findAgent(store: Store, workspaceId: string, agentId: string): Agent {
  const agent = store.agents.get(agentId);
  if (agent?.workspaceId === workspaceId) return agent;
  throw new HubError('agent_not_found', `There is no agent ${agentId} in this workspace.`);
}
