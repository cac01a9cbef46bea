import type { Message, Task } from '../../protocol/model.ts';
import { replyText } from '../agentText/inboxText.ts';
import { taskDetails } from '../service/taskDetails.ts';

/** The capabilities that say that the hub pushes, and takes permission requests over the channel. Claude Code looks for both. */
export const channelCapabilities = { 'claude/channel': {}, 'claude/channel/permission': {} };

/** The notification that carries what the user says. */
export const pushMethod = 'notifications/claude/channel';

/** The notification that tells a gateway to end what its agent does for a task. */
export const cancelMethod = 'notifications/claude/channel/cancel';

/** What it says: gateways read any of the three ids. */
export type Cancel = Record<'task_id' | 'taskId' | 'chat_id' | 'reason', string>;

/** What is pushed, as AgentRQ's gateways and Claude Code read it. */
export type Push = {
  /** Never blank. */
  content: string;
  /** `chat_id` is the task's. `message_id` is the message's, or that of the task where the task itself is pushed. */
  meta: Record<'chat_id' | 'message_id' | 'user' | 'ts', string>;
};

export function pushOfTask(task: Task): Push {
  const { id, title, createdAt } = task;
  const details = taskDetails(task);
  return {
    content: details === '' ? `[Task ${id}] ${title}` : `[Task ${id}] ${title}\n${details}`,
    meta: { chat_id: id, message_id: id, user: 'human', ts: createdAt },
  };
}

export function cancelOf({ taskId, text }: Message): Cancel {
  return { task_id: taskId, taskId, chat_id: taskId, reason: text };
}

export function pushOfMessage(message: Message): Push {
  const { id, taskId, createdAt } = message;
  return { content: replyText(message), meta: { chat_id: taskId, message_id: id, user: 'human', ts: createdAt } };
}
