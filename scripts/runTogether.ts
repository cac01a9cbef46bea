/** What one thing alone can use at a time. */
export interface Exclusive {
  needsHost: boolean;
}

/** Calls `run` for each of `items`, in their order, at most `jobs` at a time, and with at most one that needs the host among them. */
export async function runTogether<T extends Exclusive>(items: readonly T[], jobs: number, run: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  let hostInUse = false;
  async function work(): Promise<void> {
    for (;;) {
      const next = waiting.findIndex(({ needsHost }) => !(needsHost && hostInUse));
      // What is left, if anything, is for the worker that uses the host.
      if (next === -1) return;
      const [item] = waiting.splice(next, 1) as [T];
      if (item.needsHost) hostInUse = true;
      await run(item);
      if (item.needsHost) hostInUse = false;
    }
  }
  await Promise.all(Array.from({ length: jobs }, work));
}
