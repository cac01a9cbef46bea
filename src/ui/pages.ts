import type { Request, Task } from '../protocol/model.ts';

/** The read-only pages, one for each task, and one for each request that belongs to no task. */
export interface Pages {
  openTask(task: Pick<Task, 'id' | 'workspaceId' | 'title'>): Promise<void>;
  /** The page of its task, if it has one. */
  openRequest(request: Request): Promise<void>;
  /** The page of this task is in front of the person. */
  isReading(taskId: string): boolean;
}
