import type { Case } from './bench.ts';
import { blockedHostCase } from './scenarios/blockedHost.ts';
import { boardCase } from './scenarios/board.ts';
import { busyDayCase } from './scenarios/busyDay.ts';
import { churnCase } from './scenarios/churn.ts';
import { coldStartCase } from './scenarios/coldStart.ts';
import { fanoutCase } from './scenarios/fanout.ts';
import { fromOutsideCase } from './scenarios/fromOutside.ts';
import { hooksCase } from './scenarios/hooks.ts';
import { idleCase } from './scenarios/idle.ts';
import { latencyCase } from './scenarios/latency.ts';
import { longReplayCase } from './scenarios/longReplay.ts';
import { replayCase } from './scenarios/replay.ts';
import { slowReaderCase } from './scenarios/slowReader.ts';
import { type Write, writesCase } from './scenarios/writes.ts';

const createTask: Write = { kind: 'createTask', era: 'older' };
const reply: Write = { kind: 'reply', era: 'older' };
const newerReply: Write = { kind: 'reply', era: 'newer' };
const restReply: Write = { kind: 'REST reply' };

/** How much of everything. The bars are for `full`. */
export type Size = 'full' | 'quick' | 'tiny';

const sizes = {
  full: {
    fanout: { readers: 100, events: 1_000 },
    bursts: [
      { readers: 1, events: 20_000 },
      { readers: 10, events: 10_000 },
      { readers: 100, events: 2_000 },
      { readers: 1_000, events: 240 },
    ],
    latency: { readers: 100, perSecond: 200, seconds: 5 },
    idle: { readers: 5_000, keepaliveMs: 10_000, rounds: 2 },
    replay: { events: 10_000, readers: [1, 50] },
    many: 1_000_000,
    slow: { perSecond: 5_000, beforeSeconds: 20, stallSeconds: 10 },
    churn: { connections: 2_000, keepers: 50 },
    blockMs: 5_000,
    writes: { what: [createTask, reply, newerReply, restReply], seconds: 3, writers: [1, 8] },
    board: { tasks: 10_000, events: 2_000 },
    hooks: { calls: 100 },
    day: { pieces: 100, seconds: 600 },
  },
  quick: {
    fanout: { readers: 100, events: 300 },
    bursts: [
      { readers: 1, events: 5_000 },
      { readers: 100, events: 640 },
      { readers: 1_000, events: 128 },
    ],
    latency: { readers: 100, perSecond: 200, seconds: 2 },
    idle: { readers: 1_000, keepaliveMs: 2_000, rounds: 2 },
    replay: { events: 10_000, readers: [1, 50] },
    many: 100_000,
    slow: { perSecond: 5_000, beforeSeconds: 6, stallSeconds: 3 },
    churn: { connections: 500, keepers: 50 },
    blockMs: 2_000,
    writes: { what: [createTask, reply, newerReply, restReply], seconds: 1, writers: [1, 8] },
    board: { tasks: 10_000, events: 500 },
    hooks: { calls: 20 },
    day: { pieces: 100, seconds: 60 },
  },
  tiny: {
    fanout: { readers: 3, events: 20 },
    bursts: [{ readers: 5, events: 64 }],
    latency: { readers: 3, perSecond: 50, seconds: 0.5 },
    idle: { readers: 10, keepaliveMs: 100, rounds: 2 },
    replay: { events: 3_000, readers: [2] },
    many: 500,
    slow: { perSecond: 1_000, beforeSeconds: 0.6, stallSeconds: 0.5 },
    churn: { connections: 20, keepers: 3 },
    blockMs: 300,
    writes: { what: [createTask, newerReply, restReply], seconds: 0.2, writers: [2] },
    board: { tasks: 50, events: 100 },
    hooks: { calls: 3 },
    day: { pieces: 3, seconds: 2 },
  },
} as const satisfies Record<Size, unknown>;

/**
 * Everything that is measured, in the order of the table.
 * @param entry gives the path of the hub's bundle
 * @param maxReaders so many connections can be open at a time
 * @param daySeconds in how many seconds the busy day is replayed
 */
export function planCases(
  size: Size,
  { entry, maxReaders, daySeconds }: { entry: () => string; maxReaders: number; daySeconds?: number | undefined },
): Case[] {
  const { fanout, bursts, latency, idle, replay, many, slow, churn, blockMs, writes, board, hooks, day } = sizes[size];
  return [
    fanoutCase('fanout', { ...fanout, burst: 1 }, { speed: { of: 'ratio', atLeast: 0.9 }, cpu: { of: 'ratio', atMost: 1.2 } }),
    // What is outside is read from the system's own files.
    ...(process.platform === 'linux' ? [fromOutsideCase(fanout)] : []),
    ...bursts.map((each) => fanoutCase('bursts', { ...each, burst: 16 }, burstBars(each.readers))),
    latencyCase(latency),
    idleCase({ ...idle, readers: Math.min(idle.readers, maxReaders) }),
    ...replay.readers.map((readers) => replayCase({ events: replay.events, readers })),
    longReplayCase({ events: many }),
    slowReaderCase(slow),
    churnCase(churn),
    blockedHostCase({ blockMs, entry }),
    coldStartCase({ few: 100, many, entry }),
    ...writes.what.flatMap((write) => writes.writers.map((writers) => writesCase({ write, writers, seconds: writes.seconds }))),
    boardCase(board),
    hooksCase(hooks),
    busyDayCase({ ...day, seconds: daySeconds ?? day.seconds }),
  ];
}

function burstBars(readers: number): Parameters<typeof fanoutCase>[2] {
  if (readers < 100) return {};
  return { speed: { of: 'ratio', atLeast: readers < 1_000 ? 4 : 8 } };
}
