import type { BoardChange } from '../../client/boardStore.ts';
import { assertNever } from '../../util/errors.ts';

/** Whether the event changes what the page of this task shows. */
export function isAffected(taskId: string, event: BoardChange['event']): boolean {
  switch (event.type) {
    case 'task.created':
    case 'task.updated':
    case 'task.deleted':
      return event.payload.id === taskId;
    case 'message.created':
    case 'message.updated':
    case 'message.deleted':
      return event.payload.taskId === taskId;
    case 'request.created':
    case 'request.updated':
      return event.payload.taskId === taskId;
    case 'agent.updated':
    case 'agents.presence':
    case 'workspace.updated':
    case 'rule.created':
    case 'rule.deleted':
      // Names change rarely, and these events come often.
      return false;
    default:
      return assertNever(event);
  }
}
