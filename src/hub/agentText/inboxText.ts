import type { Message } from '../../protocol/model.ts';
import type { Inbox } from '../service/deliveries.ts';
import { attachmentsText } from '../service/taskDetails.ts';
import { answerData, answerText, responseText } from './answerText.ts';

// What the user has said meanwhile, as the last part of a result, of a hook's answer, or of a push.

/** For the model. */
export function inboxText({ answers, messages }: Inbox): string {
  const parts: string[] = [];
  if (answers.length > 0) parts.push(`Answers from the user (${answers.length}):\n${answers.map(answerText).join('\n')}`);
  if (messages.length > 0) {
    const lines = messages.map(replyText);
    parts.push(`Unread messages from the user (${messages.length}):\n${lines.join('\n')}`);
  }
  return parts.join('\n\n');
}

/** For programs. */
export function inboxData({ answers, messages }: Inbox): Record<string, unknown>[] {
  return [...answers.map(answerData), ...messages.map(messageData)];
}

function messageData(message: Message): Record<string, unknown> {
  const { id, taskId, action, text, createdAt } = message;
  return { messageId: id, taskId, text: action === undefined ? text : responseText(taskId, action, text), createdAt };
}

/** A message of the user, in the words that AgentRQ's agents know. */
export function replyText({ taskId, action, text, attachments }: Message): string {
  const said = action === undefined ? `[Reply to task ${taskId}] ${text}` : responseText(taskId, action, text);
  return said + attachmentsText(attachments);
}
