import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';
import type { Agent, Request } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import type { RequestRoute } from '../storage/tables/requests.ts';
import type { ServiceContext } from './context.ts';

/** What a request is about; without choices the answer is free text. */
export type NewRequest = Pick<Request, 'workspaceId' | 'taskId' | 'agentId' | 'kind' | 'question'> &
  Partial<Pick<Request, 'place' | 'permission' | 'dialog' | 'choices' | 'multiple' | 'answer'>>;

/**
 * Puts a request before the user, or one that their rules have answered already.
 * @param options.route how the answer goes back to the connection that asked
 * @param options.askKey what makes the next ask the same request
 */
export function openRequest(
  { store, transact, clock, newId }: ServiceContext,
  { workspaceId, taskId, agentId, kind, question, place, permission, dialog, choices = [], multiple = false, answer }: NewRequest,
  { route, askKey }: { route?: RequestRoute | undefined; askKey?: string | undefined },
): Request {
  const now = timestamp(clock);
  return transact((changes) => {
    const request = changes.createRequest({
      id: newId(),
      workspaceId,
      ...(taskId !== undefined && { taskId }),
      ...(agentId !== undefined && { agentId }),
      kind,
      status: answer === undefined ? 'open' : 'answered',
      question,
      ...(place !== undefined && { place }),
      ...(permission !== undefined && { permission }),
      ...(dialog !== undefined && { dialog }),
      choices,
      multiple,
      createdAt: now,
      updatedAt: now,
      ...(answer !== undefined && { answer }),
    });
    if (askKey !== undefined) store.requests.setAskKey(request.id, askKey);
    if (route !== undefined) store.requests.setRoute(request.id, route);
    return request;
  });
}

/** A flood of requests would bury those that matter. @throws HubError `too_many_requests` */
export function checkOpenCount({ store }: ServiceContext, { id, workspaceId }: Agent): void {
  if (store.requests.openCount(workspaceId, id) >= limits.openRequests) {
    throw new HubError(
      'too_many_requests',
      `The user has ${limits.openRequests} open requests of yours. Wait until they have answered some of them.`,
    );
  }
  if (store.requests.openCountOfWorkspace(workspaceId) < limits.openRequestsOfWorkspace) return;
  throw new HubError(
    'too_many_requests',
    `The user has ${limits.openRequestsOfWorkspace} open requests in this workspace. Wait until they have answered some of them.`,
  );
}
