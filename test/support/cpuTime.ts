/**
 * How long this process computed while `work` was done, in milliseconds. What the machine does besides hardly counts, so a bar that is
 * several times of what is usual says the same on a busy one.
 */
export async function cpuMsOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
