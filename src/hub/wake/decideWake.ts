import type { Hears } from '../../protocol/model.ts';

/** An agent is rung no more often than this. Milliseconds. */
export const ringEveryMs = 10_000;

/** A session that has said nothing for so long may have ended its turn in a way that no hook tells of. Milliseconds. */
const silentMs = 180_000;

/** What the hub has seen of one session of an agent. */
export interface SessionState {
  /** `idle`: it has ended its turn. `busy`: it has done something since. `unknown`: nothing tells. */
  turn: 'idle' | 'busy' | 'unknown';
  /** When it did something last. Milliseconds since 1970. */
  busyAt: number;
  /** It has asked at the end of a turn whether there is anything for it. */
  asksAtEnd: boolean;
  /**
   * What wakes it works at this moment: a hook that waits, or a program that puts words into its queue, which wait for the end of its turn
   * there.
   */
  way: 'hook' | 'queue' | undefined;
  /** When it was rung last. Milliseconds since 1970. */
  rungAt: number | undefined;
}

/** What is to be done with a session now. */
export type WakeStep = { kind: 'ring' } | { kind: 'later'; afterMs: number } | { kind: 'none' };

/**
 * @param hasNews the user has said something that nobody has given to it yet
 * @param now milliseconds since 1970
 */
export function decideWake(state: SessionState, hasNews: boolean, now: number): WakeStep {
  const { way, rungAt, busyAt } = state;
  const turn = turnOf(state, now);
  if (!hasNews || way === undefined) return { kind: 'none' };
  if (turn === 'busy') return way === 'queue' ? { kind: 'later', afterMs: busyAt + silentMs - now } : { kind: 'none' };
  if (turn === 'unknown' && way === 'hook') return { kind: 'none' };
  const afterMs = rungAt === undefined ? 0 : rungAt + ringEveryMs - now;
  return afterMs > 0 ? { kind: 'later', afterMs } : { kind: 'ring' };
}

/**
 * What will happen with what the user says to the agent with these sessions: the least that is true of each. `undefined`: it waits for the
 * next call.
 */
export function hearsOf(sessions: readonly SessionState[], now: number): Hears | undefined {
  const each = sessions.map((state) => {
    const turn = turnOf(state, now);
    if (turn === 'idle') return state.way === undefined ? undefined : 'now';
    if (turn === 'unknown') return state.way === 'queue' ? 'turnEnd' : undefined;
    return state.asksAtEnd ? 'turnEnd' : undefined;
  });
  if (each.length === 0 || each.includes(undefined)) return undefined;
  return each.includes('turnEnd') ? 'turnEnd' : 'now';
}

function turnOf({ turn, busyAt, way }: SessionState, now: number): SessionState['turn'] {
  return turn === 'busy' && way === 'queue' && now - busyAt >= silentMs ? 'unknown' : turn;
}
