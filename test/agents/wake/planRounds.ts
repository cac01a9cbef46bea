// What happens in the rounds of a wake: the user writes once in each, and most often something else happens beside that.

/** What happens beside the user's word. */
export const disturbances = [
  'nothing',
  /** The user writes after minutes. */
  'long pause',
  /** The hub is away for minutes, and comes back before the user writes. */
  'outage',
  /** The hub dies, and is started again at once. */
  'hub killed',
  /** The hub dies, and another process that stood by takes its place. */
  'take-over',
  /** The agent's program dies, and its session is resumed. */
  'agent killed',
  /** The same, and the user writes in between. */
  'agent away',
  /** The user writes while the agent works. */
  'busy',
] as const;
export type Disturbance = (typeof disturbances)[number];

export interface RoundPlan {
  disturbance: Disturbance;
  /** From the end of the last round until the user writes. Milliseconds. */
  pauseMs: number;
  /** When it happens, as seen from the user's word. Milliseconds; below zero: before it. */
  atMs: number;
}

/** How often each happens, the times of pauses, and what decides where nothing does: a number from 0 up to 1. */
export interface RoundsWanted {
  rounds: number;
  counts: Readonly<Partial<Record<Disturbance, number>>>;
  leastMs: number;
  mostMs: number;
  longMs: number;
  random: () => number;
}

/** The latest that something happens after the user's word: the agent may be in the middle of its turn then. Milliseconds. */
const latestMs = 1_500;

/** How long a program that goes on with its session may take to have the tools of the hub, with the hub there. Milliseconds. */
export const resumeMs = 10_000;

/** The rounds in the order in which they are played; where nothing is left to happen, nothing does. */
export function planRounds({ rounds, counts, leastMs, mostMs, longMs, random }: RoundsWanted): RoundPlan[] {
  const wanted = disturbances.flatMap((one) => Array.from({ length: counts[one] ?? 0 }, () => one)).slice(0, rounds);
  const all = [...wanted, ...Array.from({ length: rounds - wanted.length }, () => 'nothing' as const)];
  return shuffled(all, random).map((disturbance) => {
    const pauseMs = disturbance === 'long pause' ? longMs : Math.round(leastMs + random() * (mostMs - leastMs));
    const isBefore = random() < 0.5;
    return { disturbance, pauseMs, atMs: Math.round(isBefore ? -random() * pauseMs : random() * latestMs) };
  });
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((one) => [random(), one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one);
}
