import type { Board } from '../../client/board.ts';
import type { Agent, Request, Task, Workspace } from '../../protocol/model.ts';
import type { PublicAgent, PublicBoard, PublicRequest, PublicTask, PublicWorkspace } from './publicApi.ts';

/**
 * What other extensions see of a board: copies that nobody can change. No token, no thread, no input of a permission and no rule is in it.
 */
export function publicBoard({
  workspaces,
  tasks,
  requests,
  agents,
}: Pick<Board, 'workspaces' | 'tasks' | 'requests' | 'agents'>): PublicBoard {
  return Object.freeze({
    workspaces: copies<Workspace, PublicWorkspace>(workspaces, ['id', 'name', 'folder']),
    tasks: copies<Task, PublicTask>(tasks, ['id', 'workspaceId', 'title', 'status', 'assignee', 'agentId', 'updatedAt']),
    requests: copies<Request, PublicRequest>(requests, [
      'id',
      'workspaceId',
      'taskId',
      'agentId',
      'kind',
      'status',
      'question',
      'choices',
      'createdAt',
    ]),
    agents: copies<Agent, PublicAgent>(agents, ['id', 'workspaceId', 'name', 'connected', 'lastHeardAt']),
  });
}

/** Copies with these members alone, where they are there; a member is a plain value, or a list of them. */
function copies<T extends P, P extends object>(items: ReadonlyMap<string, T>, members: readonly (keyof P)[]): readonly P[] {
  const copy = (item: P): P => {
    const own = members.flatMap((member) => {
      const value = item[member];
      return value === undefined ? [] : [[member, Array.isArray(value) ? Object.freeze([...(value as unknown[])]) : value]];
    });
    return Object.freeze(Object.fromEntries(own) as P);
  };
  return Object.freeze([...items.values()].map(copy));
}
