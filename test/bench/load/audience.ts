import { openReader, type Reader } from './reader.ts';

/** Readers of one server, watched together. */
export interface Audience {
  readonly readers: readonly Reader[];
  /** Waits until each has the first `total` events. When nothing more comes in for a while it gives up: `faults` tells what is missing. */
  until(total: number): Promise<void>;
  /** Events that didn't come once and in order, of the first `total`, over all readers. */
  faults(total: number): { lost: number; doubled: number; disordered: number };
  close(): Promise<void>;
}

const patienceMs = 15_000;
/** As many connections are opened at a time: a listening socket lets no more than 511 wait. */
const atOnce = 100;

/** @param onNumber called for each event of each reader */
export async function openAudience(options: {
  url: string;
  count: number;
  after?: string;
  onNumber?: (number: number) => void;
}): Promise<Audience> {
  const { url, count, after, onNumber } = options;
  const shared = {};
  const readers: Reader[] = [];
  let progress = 0;
  let awaited: { total: number; check: () => void } | undefined;

  const onNumbers = (numbers: readonly number[], { tally }: Reader): void => {
    progress += 1;
    if (onNumber !== undefined) for (const number of numbers) onNumber(number);
    if (awaited !== undefined && tally.next >= awaited.total) awaited.check();
  };
  for (let opened = 0; opened < count; opened += atOnce) {
    const wave = Array.from({ length: Math.min(atOnce, count - opened) }, () => openReader({ url, after, shared, onNumbers }));
    readers.push(...(await Promise.all(wave)));
  }

  return {
    readers,
    async until(total) {
      // Readers only ever move on: the first that is still behind is where to look again.
      let behind = 0;
      const haveAll = (): boolean => {
        while (behind < readers.length && (readers[behind]?.tally.next ?? 0) >= total) behind += 1;
        return behind === readers.length;
      };
      if (haveAll()) return;
      await new Promise<void>((resolve) => {
        let seen = progress;
        const patience = setInterval(() => {
          if (seen === progress) resolve();
          seen = progress;
        }, patienceMs);
        const check = (): void => {
          if (!haveAll()) return;
          clearInterval(patience);
          resolve();
        };
        awaited = { total, check };
      });
      awaited = undefined;
    },
    faults(total) {
      const sum = { lost: 0, doubled: 0, disordered: 0 };
      for (const { tally } of readers) {
        sum.lost += tally.lost(total);
        sum.doubled += tally.doubled;
        sum.disordered += tally.disordered;
      }
      return sum;
    },
    async close() {
      await Promise.all(readers.map(async (reader) => await reader.close()));
    },
  };
}
