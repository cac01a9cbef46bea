import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';
import type { Attachment, Message, Request, Task } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import { answerFromText, answerRequest } from './answers.ts';
import { type NewAttachment, useAttachments, withFiles } from './attachments.ts';
import type { Caller } from './caller.ts';
import { clearStop } from './clearStop.ts';
import type { ServiceContext } from './context.ts';
import { findRequest, findTask } from './lookup.ts';
import { setTaskStatus } from './setTaskStatus.ts';
import { noteStatus, takeTask } from './tasks.ts';

/**
 * The user writes into a thread.
 * @param reply.answers the question that this answers; `null`: none; left out: the only one of the task that is open
 */
export function replyAsUser(
  context: ServiceContext,
  {
    workspaceId,
    taskId,
    text,
    attachmentIds,
    key,
    answers,
  }: {
    workspaceId: string;
    taskId: string;
    text: string;
    attachmentIds?: string[] | undefined;
    key?: string | undefined;
    answers?: { requestId: string; choices?: string[] | undefined } | null | undefined;
  },
): { task: Task; message: Message } {
  const { store, transact } = context;
  const task = findTask(store, workspaceId, taskId);
  const known = key === undefined ? undefined : store.messages.byKey(taskId, key);
  if (known !== undefined) return { task, message: known };
  if (text.trim() === '' && (attachmentIds ?? []).length === 0) throw new HubError('invalid_input', 'A reply needs a text, or a file.');

  return transact(() => {
    clearStop(context, taskId);
    const answered = answeredBy(context, task, answers, (attachmentIds ?? []).length > 0);
    const attachments = useAttachments(context, workspaceId, taskId, attachmentIds);
    const message = writeAsUser(context, { workspaceId, taskId, text, requestId: answered?.id, attachments, key });
    // The message travels with the answer, so the answer tells of its files.
    if (answered !== undefined) {
      const choices = answers?.choices ?? [];
      const draft = choices.length > 0 ? { choices, text } : answerFromText(answered, text);
      answerRequest(context, workspaceId, answered.id, draft, { attachments });
    }
    return { task: findTask(store, workspaceId, taskId), message };
  });
}

/** The question that a reply answers. @throws HubError `request_not_found` */
function answeredBy(
  { store }: ServiceContext,
  { id: taskId, workspaceId }: Task,
  answers: { requestId: string } | null | undefined,
  hasFiles: boolean,
): Request | undefined {
  if (answers === null) return undefined;
  if (answers !== undefined) {
    const request = findRequest(store, workspaceId, answers.requestId);
    if (request.taskId === taskId && request.kind === 'question') return request;
    throw new HubError('request_not_found', 'This task has no such question.');
  }
  // The answer to a dialog of the agent's own has no place for files.
  const open = store.requests.openOfTask(taskId).filter(({ kind, dialog }) => kind === 'question' && !(hasFiles && dialog !== undefined));
  return open.length === 1 ? open[0] : undefined;
}

/**
 * A message of the user, which waits to be given to an agent.
 * @param message.key the same one marks it, so that it is written once
 */
export function writeAsUser(
  { store, transact, clock, newId }: ServiceContext,
  message: Pick<Message, 'workspaceId' | 'taskId' | 'text' | 'action' | 'requestId'> & {
    attachments: Attachment[];
    key: string | undefined;
  },
): Message {
  const { workspaceId, taskId, text, action, requestId, attachments, key } = message;
  return transact((changes) => {
    const written = changes.createMessage({
      id: newId(),
      workspaceId,
      taskId,
      createdAt: timestamp(clock),
      sender: 'human',
      kind: 'text',
      text,
      ...(action !== undefined && { action }),
      ...(requestId !== undefined && { requestId }),
      delivery: 'queued',
      ...(attachments.length > 0 && { attachments }),
    });
    if (key !== undefined) store.messages.setKey(written.id, key);
    return written;
  });
}

/** An agent writes into a thread; a task that had not begun is ongoing from then on, and belongs to that agent. */
export function replyAsAgent(
  context: ServiceContext,
  caller: Caller,
  taskId: string,
  text: string,
  files: readonly NewAttachment[] = [],
): Message {
  const { transact, clock, newId } = context;
  if (text.length > limits.text) {
    throw new HubError('invalid_input', `The message is longer than ${limits.text} characters. Shorten it, or send it in parts.`);
  }
  const { workspaceId } = caller.agent;
  if (files.length > 0) findTask(context.store, workspaceId, taskId);
  return withFiles(context, workspaceId, files, (ids) =>
    transact((changes) => {
      const task = takeTask(context, caller, taskId);
      const attachments = useAttachments(context, workspaceId, task.id, ids);
      if (task.status === 'notstarted') {
        noteStatus(context, caller, setTaskStatus(context, task, 'ongoing'));
      }
      return changes.createMessage({
        id: newId(),
        workspaceId,
        taskId: task.id,
        createdAt: timestamp(clock),
        sender: 'agent',
        kind: 'text',
        text,
        agentId: caller.agent.id,
        ...(attachments.length > 0 && { attachments }),
      });
    }),
  );
}
