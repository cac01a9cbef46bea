import type { BoardChange } from '../../client/boardStore.ts';
import { assertNever } from '../../util/errors.ts';
import type { PageKey } from '../text/pagePath.ts';

/** Whether the event changes what the page shows. */
export function isAffected(page: PageKey, event: BoardChange['event']): boolean {
  switch (event.type) {
    case 'task.created':
    case 'task.updated':
    case 'task.deleted':
      return page.kind === 'task' && event.payload.id === page.id;
    case 'message.created':
    case 'message.updated':
    case 'message.deleted':
      return page.kind === 'task' && event.payload.taskId === page.id;
    case 'request.created':
    case 'request.updated':
      return page.id === (page.kind === 'task' ? event.payload.taskId : event.payload.id);
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
