import type { Request } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import type { ServiceContext } from './context.ts';
import { advanceRequest, type RequestStep } from './requestState.ts';

/** Moves a request on. `undefined`, and nothing has changed, if it can't go that way from where it stands. */
export function takeStep({ transact, clock }: ServiceContext, request: Request, step: RequestStep): Request | undefined {
  const status = advanceRequest(request.status, step);
  if (status === undefined) return undefined;
  return transact((changes) => changes.updateRequest({ ...request, status, updatedAt: timestamp(clock) }));
}
