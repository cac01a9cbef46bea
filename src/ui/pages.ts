import type { Request, Task } from '../protocol/model.ts';
import type { Disposable } from '../util/lifecycle.ts';

/** The read-only pages, one for each task, and one for each request that belongs to no task. */
export interface Pages {
  openTask(task: Pick<Task, 'id' | 'workspaceId' | 'title'>): Promise<void>;
  /** The page of its task, if it has one. */
  openRequest(request: Request): Promise<void>;
  /**
   * All of this request by itself, beside what is open. The keyboard stays where it is. Disposed, the page is closed,
   * unless it was open before.
   */
  review(request: Request): Promise<Disposable>;
  /** The page of this task is in front of the person. */
  isReading(taskId: string): boolean;
}
