import { HubError } from '../../protocol/hubErrors.ts';
import type { Task, TaskAction } from '../../protocol/model.ts';
import { assertNever } from '../../util/errors.ts';
import { answerRequest } from './answers.ts';
import { useAttachments } from './attachments.ts';
import { clearStop } from './clearStop.ts';
import type { ServiceContext } from './context.ts';
import { findTask } from './lookup.ts';
import { writeAsUser } from './messages.ts';
import { setTaskStatus } from './setTaskStatus.ts';
import { openNeed } from './taskNeeds.ts';

/** What the user says to a task. */
export interface TaskResponse {
  workspaceId: string;
  taskId: string;
  action: TaskAction;
  text: string;
  attachmentIds?: string[] | undefined;
  /** The same key says it once, however often it comes. */
  key?: string | undefined;
}

/**
 * AgentRQ's response to a task: `allow` and `allow_all` move it to ongoing, `reject` to rejected, `text` leaves it where it is. It is a
 * message in the thread, and reaches the agent as a response; where the agent waits for the user to do the task, it is their answer.
 * @throws HubError `task_not_found` or `invalid_input`
 */
export function respondToTask(context: ServiceContext, response: TaskResponse): Task {
  const { store, transact } = context;
  const { workspaceId, taskId, action, attachmentIds, key } = response;
  const task = findTask(store, workspaceId, taskId);
  if (key !== undefined && store.messages.byKey(taskId, key) !== undefined) return task;
  const words = response.text.trim() === '' ? undefined : response.text;
  if (action === 'text' && words === undefined && (attachmentIds ?? []).length === 0) {
    throw new HubError('invalid_input', 'A response needs a text, or an action: allow or reject.');
  }
  return transact(() => {
    clearStop(context, taskId);
    const need = action === 'text' ? undefined : openNeed(context, taskId);
    const attachments = useAttachments(context, workspaceId, taskId, attachmentIds);
    writeAsUser(context, { workspaceId, taskId, text: words ?? defaultText(action), action, requestId: need?.id, attachments, key });
    if (need !== undefined) {
      const answer = {
        decision: action === 'reject' ? ('reject' as const) : ('allow' as const),
        ...(words !== undefined && { note: words }),
      };
      answerRequest(context, workspaceId, need.id, answer, { attachments, ...(action === 'allow_all' && { allowAll: true }) });
    } else if (action !== 'text') {
      setTaskStatus(context, findTask(store, workspaceId, taskId), action === 'reject' ? 'rejected' : 'ongoing');
    }
    return findTask(store, workspaceId, taskId);
  });
}

/** What stands in the thread where the user gave no words. */
function defaultText(action: TaskAction): string {
  switch (action) {
    case 'allow':
    case 'allow_all':
      return 'Human approved this task.';
    case 'reject':
      return 'Human rejected this task.';
    case 'text':
      return '';
    default:
      return assertNever(action);
  }
}
