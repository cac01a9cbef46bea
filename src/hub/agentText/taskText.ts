import type { Message, Task, Workspace } from '../../protocol/model.ts';
import { taskDetails } from '../service/taskDetails.ts';

// The texts of AgentRQ's tools. Its gateways read them line by line, so labels, order and line ends are part of the protocol.

/** What `getTask` says when nothing waits; gateways compare it to the letter. */
export const emptyQueueText = 'no pending tasks exist';

/** @param heading `Next assigned task:` for the queue, `Task details:` for a task that was named */
export function taskText(heading: 'Next assigned task:' | 'Task details:', task: Task): string {
  return `${heading}\nID: ${task.id}\nTitle: ${task.title}\nStatus: ${task.status}\nDetails: ${taskDetails(task)}`;
}

/** One page of a thread as JSON, oldest first; `cursor` is where the next page begins. */
export function conversationText(page: readonly Message[], cursor: number, total: number): string {
  const messages = page.map(({ id, createdAt, sender, text, attachments }) => ({
    attachments: attachments?.map(({ id: fileId, name, mimeType }) => ({ id: fileId, filename: name, mimeType })) ?? null,
    created_at: createdAt,
    id,
    metadata: '',
    sender,
    text,
  }));
  return `\n\nConversation:\n${JSON.stringify({ cursor, messages, total })}`;
}

/** @param counts tasks by status */
export function workspaceText({ name, description }: Workspace, counts: ReadonlyMap<string, number>): string {
  const count = (status: string): number => counts.get(status) ?? 0;
  return [
    `Workspace: ${name}`,
    `Description: ${description}`,
    '',
    'Task Statistics:',
    `- Not Started: ${count('notstarted')}`,
    `- Ongoing: ${count('ongoing')}`,
    `- Completed: ${count('completed')}`,
    `- Rejected: ${count('rejected')}`,
    `- Blocked: ${count('blocked')}`,
  ].join('\n');
}
