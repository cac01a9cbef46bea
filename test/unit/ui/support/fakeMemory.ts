import type { Memory } from '../../../../src/ui/shell/memory.ts';

/** What a window keeps over a reload. */
export class FakeMemory implements Memory {
  readonly stored = new Map<string, unknown>();

  get(key: string): unknown {
    return this.stored.get(key);
  }

  async update(key: string, value: unknown): Promise<void> {
    // The editor keeps no more than JSON.
    this.stored.set(key, value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
  }
}
