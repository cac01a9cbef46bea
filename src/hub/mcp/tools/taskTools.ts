import { HubError } from '../../../protocol/hubErrors.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Message } from '../../../protocol/model.ts';
import { titleSchema } from '../../../protocol/operations.ts';
import type { ToolInput } from '../../../protocol/tools.ts';
import { conversationText, emptyQueueText, taskText, workspaceText } from '../../agentText/taskText.ts';
import { withFiles } from '../../service/attachments.ts';
import type { ServiceContext } from '../../service/context.ts';
import { findTask, findWorkspace } from '../../service/lookup.ts';
import { replyAsAgent } from '../../service/messages.ts';
import { checkOpenCount } from '../../service/openRequest.ts';
import { leaseNextTask } from '../../service/queue.ts';
import { refuseLater } from '../../service/refuseLater.ts';
import { createTask, moveTaskAsAgent } from '../../service/tasks.ts';
import { filesOf } from './attachmentTools.ts';
import type { ToolCall, ToolOutcome } from './toolCall.ts';

// AgentRQ's tools, with the texts that its agents and gateways know.

export function createTaskTool(context: ServiceContext, { caller }: ToolCall, input: ToolInput<'createTask'>): ToolOutcome {
  if (input.title.trim() === '') throw new HubError('invalid_input', 'title is required');
  if (input.body.trim() === '') throw new HubError('invalid_input', 'body is required');
  if (input.body.length > limits.text) {
    throw new HubError('invalid_input', `The body is longer than ${limits.text} characters. Put the details into replies.`);
  }
  refuseLater(input);
  const title = titleSchema.safeParse(input.title);
  if (!title.success)
    throw new HubError('invalid_input', `The title is longer than ${limits.title} characters. Put the details into the body.`);
  const assignee = input.assignee?.trim().toLowerCase() === 'human' ? 'human' : 'agent';
  if (assignee === 'human') checkOpenCount(context, caller.agent);
  const { workspaceId } = caller.agent;
  const task = withFiles(context, workspaceId, filesOf(input.attachments), (attachmentIds) =>
    createTask(context, { workspaceId, attachmentIds, title: title.data, body: input.body, assignee, createdBy: 'agent', caller }),
  );
  return { text: `task created with id=${task.id}` };
}

export function updateTaskStatusTool(context: ServiceContext, { caller }: ToolCall, input: ToolInput<'updateTaskStatus'>): ToolOutcome {
  if (input.taskId === '') throw new HubError('invalid_input', 'taskId is required');
  if (input.status === '') throw new HubError('invalid_input', 'status is required');
  const task = moveTaskAsAgent(context, caller, input.taskId, input.status.trim().toLowerCase());
  return { text: `task ${task.id} updated to status=${task.status}` };
}

export function replyTool(context: ServiceContext, { caller }: ToolCall, input: ToolInput<'reply'>): ToolOutcome {
  if (input.chatId === '' || input.text.trim() === '') throw new HubError('invalid_input', 'chat_id and text are required');
  replyAsAgent(context, caller, input.chatId, input.text, filesOf(input.attachments));
  return { text: 'reply sent' };
}

export function getTaskTool(context: ServiceContext, { caller }: ToolCall, input: ToolInput<'getTask'>): ToolOutcome {
  const { store } = context;
  const named = input.taskId;
  const task = named === undefined ? leaseNextTask(context, caller) : findTask(store, caller.agent.workspaceId, named);
  if (task === undefined) return { text: emptyQueueText };
  const text = taskText(named === undefined ? 'Next assigned task:' : 'Task details:', task);
  const lease = named === undefined ? { leasedTaskId: task.id } : {};
  if (input.includeConversation !== true) return { text, ...lease };
  const cursor = input.cursor ?? 0;
  const page = withinText(store.messages.page(task.id, input.limit ?? 5, cursor));
  return { text: text + conversationText(page, cursor + page.length, store.messages.count(task.id)), ...lease };
}

/** As many of the first as one answer may carry; one in any case. */
function withinText(messages: readonly Message[]): readonly Message[] {
  let length = 0;
  const end = messages.findIndex(({ text }, index) => {
    length += text.length;
    return index > 0 && length > limits.conversationText;
  });
  return end === -1 ? messages : messages.slice(0, end);
}

export function getWorkspaceTool({ store }: ServiceContext, { caller }: ToolCall): ToolOutcome {
  return { text: workspaceText(findWorkspace(store, caller.agent.workspaceId), store.tasks.counts(caller.agent.workspaceId)) };
}
