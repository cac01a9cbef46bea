import type { Task } from '../../protocol/model.ts';

/** An agent works on it and has not been asked to stop, so it can be. */
export function isStoppable({ status, agentId, stop }: Task): boolean {
  return status === 'ongoing' && agentId !== undefined && stop?.state !== 'asked';
}
