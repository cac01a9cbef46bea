import type { Request, Task, Workspace } from '../../protocol/model.ts';
import type { ServiceContext } from '../service/context.ts';

// What scripts written for AgentRQ look for in an answer, beside what is ours.

/** A workspace with its rules as AgentRQ lists them. */
export function withRules({ store }: ServiceContext, workspace: Workspace): Workspace & { autoAllowedTools: string[] } {
  return { ...workspace, autoAllowedTools: store.rules.ofWorkspace(workspace.id).map(({ text }) => text) };
}

/** A task with a message for each permission that was asked for in it, as AgentRQ keeps them. */
export function withPermissionMessages({ store }: ServiceContext, task: Task): Task & { messages: Record<string, unknown>[] } {
  const asked = store.requests.ofTask(task.id).filter(({ kind }) => kind === 'permission');
  return { ...task, messages: asked.map((request) => permissionMessage(store.requests.route(request.id)?.externalId, request)) };
}

function permissionMessage(
  externalId: string | undefined,
  { id, taskId, createdAt, permission, answer }: Request,
): Record<string, unknown> {
  const { tool, description = '', input } = permission ?? { tool: '', input: '' };
  return {
    id,
    taskId,
    createdAt,
    sender: 'agent',
    text: `Permission requested for ${tool}: ${description}`,
    metadata: {
      type: 'permission_request',
      request_id: externalId ?? id,
      tool_name: tool,
      description,
      input_preview: input,
      status: answer?.decision ?? 'pending',
    },
  };
}
