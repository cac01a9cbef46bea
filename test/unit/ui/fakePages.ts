import type { Request } from '../../../src/protocol/model.ts';
import type { Pages } from '../../../src/ui/pages.ts';

/** Pages that only remember what was opened. */
export class FakePages implements Pages {
  readonly opened: string[] = [];

  async openTask(task: { id: string }): Promise<void> {
    this.opened.push(task.id);
  }

  async openRequest(request: Request): Promise<void> {
    this.opened.push(request.id);
  }

  isReading(): boolean {
    return false;
  }
}
