import { HubError } from '../../protocol/hubErrors.ts';
import type { Request } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import type { ServiceContext } from './context.ts';
import { findRequest } from './lookup.ts';
import { advanceRequest } from './requestState.ts';
import { setTaskStatus } from './setTaskStatus.ts';

/**
 * The user takes their answer back, and with it the message that gave it. One that is open already stays as it is. A rule that they
 * made along with the answer stays: it is a thing of its own, and is deleted as such. A task that it was the answer to is to be done again.
 * @throws HubError `request_not_found`; `answer_on_its_way`, if an agent has been given any of it, whether or not that arrived;
 *   `invalid_input`, if there is no answer
 */
export function retractAnswer(context: ServiceContext, workspaceId: string, requestId: string): Request {
  const { store, transact, clock } = context;
  const request = findRequest(store, workspaceId, requestId);
  const { answer, handedOver: _, ...asked } = request;
  if (request.status === 'open') return request;
  if (answer === undefined) throw new HubError('invalid_input', `There is no answer to take back (${request.status}).`);
  const status = advanceRequest(request.status, 'retract');
  if (status === undefined || store.requests.isTaken(requestId)) {
    throw new HubError('answer_on_its_way', 'The agent is being given this answer, or has it already. Reply to the task to say more.');
  }
  return transact((changes) => {
    const given = request.taskId === undefined ? [] : store.messages.ofAnswer(request.taskId, request.id);
    for (const message of given) changes.deleteMessage(message);
    const task = request.kind === 'task' && request.taskId !== undefined ? store.tasks.get(request.taskId) : undefined;
    if (task !== undefined) setTaskStatus(context, task, 'notstarted');
    return changes.updateRequest({ ...asked, status, updatedAt: timestamp(clock) });
  });
}
