import { wakeSentence } from '../../protocol/wake.ts';
import { type Disposable, toDisposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { ServiceContext } from '../service/context.ts';
import type { QueueMessage } from './codexQueue.ts';
import { decideWake } from './decideWake.ts';
import { type News, newsOf } from './newsOf.ts';
import type { WakeSession, WakeSessions } from './wakeSessions.ts';
import type { WakeWays, WaysNow } from './wakeWays.ts';

/** Rings the sessions for which there is something. */
export interface Rings extends Disposable {
  /**
   * Something has changed for an agent: rings the sessions that are due, and updates what the board says of them. No agent is disturbed by
   * what fails here.
   */
  look(agentId: string): void;
  /** The same a while later; of several for one session the last one counts. */
  lookAgain(session: WakeSession, afterMs: number): void;
}

/** What the log says of a ring that failed. */
export const notWoken = 'an agent could not be woken';

/** How long an agent may take to begin the turn that it was rung for. Milliseconds. */
const beginMs = 30_000;

/** @param deps.say tells what becomes of what the user says to an agent, as it is now */
export function createRings(deps: {
  context: ServiceContext;
  sessions: WakeSessions;
  ways: WakeWays;
  queue: QueueMessage;
  say: (agentId: string, now: WaysNow) => void;
  log: Logger;
}): Rings {
  const { context, sessions, ways, queue, say, log } = deps;
  const { store, clock, background } = context;
  const due = new Map<WakeSession, Disposable>();
  let isOver = false;

  function look(agentId: string): void {
    if (!isOver) background.attempt(notWoken, () => ringWhoIsDue(agentId));
  }

  function ringWhoIsDue(agentId: string): void {
    const agent = store.agents.get(agentId);
    if (agent === undefined) return;
    const now = ways.look(agentId);
    now.noteGone();
    const all = sessions.ofAgent(agentId);
    const states = new Map(all.map((session) => [session, now.tried(session)] as const));
    const reached = all.filter((session) => states.get(session)?.way !== undefined);
    const candidates = reached.length > 0 ? reached : all.filter(now.mayHaveResumed);
    // Another one that was rung for it is about to ask.
    const taken = new Set(
      all.flatMap(({ turn, rungAt = 0, rungFor }) => (turn === 'busy' && clock.now() - rungAt < beginMs ? [...rungFor] : [])),
    );
    for (const [session, given] of newsOf(context, agent, candidates)) {
      const news = given.filter(({ id }) => !taken.has(id));
      const state = states.get(session) ?? now.tried(session);
      const step = decideWake({ ...state, way: state.way ?? 'queue' }, news.length > 0, clock.now());
      if (step.kind === 'ring') background.run(notWoken, ring(session, news));
      else if (step.kind === 'later') lookAgain(session, step.afterMs);
    }
    say(agentId, now);
  }

  function lookAgain(session: WakeSession, afterMs: number): void {
    due.get(session)?.dispose();
    due.set(
      session,
      clock.after(afterMs, () => {
        due.delete(session);
        look(session.agentId);
      }),
    );
  }

  async function ring(session: WakeSession, news: readonly News[]): Promise<void> {
    const rungAt = clock.now();
    const before = session.rungAt;
    session.rungAt = rungAt;
    session.rungFor = new Set(news.map(({ id }) => id));
    session.turn = 'busy';
    const { wait } = session;
    session.wait = undefined;
    const sentence = wakeSentence(news.length === 1 ? news[0]?.about : undefined);
    const program = wait === undefined ? ways.programOf(session) : undefined;
    const isRung =
      wait === undefined
        ? program !== undefined && (await queue({ program, threadId: session.id, message: sentence }))
        : await wait.end({ wake: sentence });
    log.trace(isRung ? 'an agent was woken' : notWoken);
    if (isOver) return;
    if (isRung) {
      clock.after(beginMs, () => gaveNoSign(session, rungAt, wait === undefined));
    } else if (session.busyAt < rungAt) {
      // Nothing has reached it.
      session.turn = 'idle';
      if (wait === undefined) session.hasFailed = true;
      else session.rungAt = before;
    }
    look(session.agentId);
  }

  function gaveNoSign(session: WakeSession, rungAt: number, isQueued: boolean): void {
    if (session.rungAt === rungAt && session.busyAt < rungAt && session.turn === 'busy') {
      session.turn = 'unknown';
      if (isQueued) session.hasFailed = true;
    }
    // What it has not asked for meanwhile, others may hear of.
    look(session.agentId);
  }

  const { dispose } = toDisposable(() => {
    isOver = true;
    for (const timer of due.values()) timer.dispose();
  });
  return { look, lookAgain, dispose };
}
