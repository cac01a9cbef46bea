import type { Message, Request, Task, Workspace } from '../../protocol/model.ts';
import type { ServiceContext } from '../service/context.ts';

// What scripts written for AgentRQ look for in an answer, beside what is ours.

const previewLength = 2_000;

/** A workspace with its rules as AgentRQ lists them. */
export function withRules({ store }: ServiceContext, workspace: Workspace): Workspace & { autoAllowedTools: string[] } {
  return { ...workspace, autoAllowedTools: store.rules.ofWorkspace(workspace.id).map(({ text }) => text) };
}

/** A task with a message for each permission that was asked for in it, as AgentRQ lists them. */
export function withPermissionMessages({ store }: ServiceContext, task: Task): Task & { messages: AgentrqMessage[] } {
  return { ...task, messages: permissionMessages(store, task) };
}

/** A task with its whole thread, the permissions among it, and the uses of tools that permission was asked for. */
export function withThread(
  { store }: ServiceContext,
  task: Task,
  thread: readonly Message[],
): Task & { messages: AgentrqMessage[]; toolCalls: Record<string, unknown>[] } {
  const messages = [...thread, ...permissionMessages(store, task)].toSorted((left, right) => (left.id < right.id ? -1 : 1));
  return { ...task, messages, toolCalls: permissionsOf(store, task).map(toolCall) };
}

/** A message; a permission is one with `metadata`. */
type AgentrqMessage = Pick<Message, 'id' | 'createdAt' | 'text'> & { metadata?: Record<string, unknown> };

function permissionMessages(store: ServiceContext['store'], task: Task): AgentrqMessage[] {
  // What a rule decided was never put before the user.
  const asked = permissionsOf(store, task).filter(({ answer }) => answer?.ruleIds === undefined);
  return asked.map((request) => permissionMessage(store.requests.route(request.id)?.externalId, request));
}

function permissionsOf(store: ServiceContext['store'], { id }: Task): Request[] {
  return store.requests.ofTask(id).filter(({ kind }) => kind === 'permission');
}

function toolCall({ id, taskId, createdAt, permission, answer }: Request): Record<string, unknown> {
  const { tool, description, input } = permission ?? { tool: '', input: '' };
  const decided = answer?.decision === 'allow' ? 'allowed' : 'denied';
  const status = answer === undefined ? 'pending' : answer.ruleIds === undefined ? decided : 'auto_allowed';
  return { id, taskId, createdAt, toolName: tool, description, inputPreview: preview(input), status };
}

function preview(input: string): string {
  return input.length > previewLength ? `${input.slice(0, previewLength)}…` : input;
}

/** AgentRQ's verdict, with what the user decided for later times. */
function verdictOf({ answer }: Request): string {
  if (answer?.decision === 'allow' && answer.madeRuleId !== undefined) return 'allow_always';
  return answer?.decision ?? 'pending';
}

function permissionMessage(
  externalId: string | undefined,
  request: Request,
): AgentrqMessage & { sender: 'agent' } & Pick<Request, 'taskId'> {
  const { id, taskId, createdAt, permission } = request;
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
      status: verdictOf(request),
    },
  };
}
