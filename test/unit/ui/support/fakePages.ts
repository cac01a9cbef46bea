import type { Request } from '../../../../src/protocol/model.ts';
import type { Pages, TaskKey } from '../../../../src/ui/panel/api.ts';
import type { Disposable } from '../../../../src/util/lifecycle.ts';

/** Pages that only remember what was opened. */
export class FakePages implements Pages {
  readonly opened: string[] = [];
  /** The task whose panel is in front. */
  reading: TaskKey | undefined;
  /** The requests whose own page is open. */
  readonly reviewed = new Set<string>();

  async openTask(task: { id: string }): Promise<void> {
    this.opened.push(task.id);
  }

  async attach(task: { id: string }): Promise<void> {
    this.opened.push(`files for ${task.id}`);
  }

  async openAsText(task: { id: string }): Promise<void> {
    this.opened.push(`${task.id} as text`);
  }

  async openRequest(request: Request): Promise<void> {
    this.opened.push(request.id);
  }

  async review({ id }: Request): Promise<Disposable> {
    this.reviewed.add(id);
    return { dispose: () => void this.reviewed.delete(id) };
  }

  inFront(): string | undefined {
    return this.reading?.id;
  }

  readingTask(): TaskKey | undefined {
    return this.reading;
  }
}
