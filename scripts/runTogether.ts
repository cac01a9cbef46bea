/** Calls `run` for each of `items`, in their order, at most `jobs` at a time. */
export async function runTogether<T>(items: readonly T[], jobs: number, run: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  async function work(): Promise<void> {
    // All workers take from the same one.
    for (const item of waiting) await run(item);
  }
  await Promise.all(Array.from({ length: jobs }, work));
}
