import type { Request, Task } from '../../protocol/model.ts';
import type { Disposable } from '../../util/lifecycle.ts';

/** By what a task's page is opened. */
export type TaskKey = Pick<Task, 'id' | 'workspaceId' | 'title'>;

/** The pages: a panel for each task, and texts for reading only. */
export interface Pages {
  /** The panel with the conversation; the one that is open already, if there is one. */
  openTask(task: TaskKey): Promise<void>;
  /** The panel, and lets the person choose files or a selection for their next message in it. */
  attach(task: TaskKey): Promise<void>;
  /** The task and its thread as text. */
  openAsText(task: TaskKey): Promise<void>;
  /** Where it stands in the panel of its task, or a page in text if it has none. */
  openRequest(request: Request): Promise<void>;
  /**
   * All of this request by itself, beside what is open. The keyboard stays where it is. Disposed, the page is closed,
   * unless it was open before.
   */
  review(request: Request): Promise<Disposable>;
  /** The task or request whose page is in front of the person: a panel, or a text. */
  inFront(): string | undefined;
  /** The task whose panel is in front of the person. */
  readingTask(): TaskKey | undefined;
}
