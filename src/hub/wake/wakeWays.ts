import type { Clock } from '../../util/clock.ts';
import type { Connections } from '../service/connections.ts';
import { isThreadId } from './codexQueue.ts';
import type { SessionState } from './decideWake.ts';
import type { WakeSession, WakeSessions } from './wakeSessions.ts';

/** How sessions can be woken. */
export interface WakeWays {
  /** The program that puts words into its queue, if it has one and that may be started. */
  programOf(session: WakeSession): string | undefined;
  /** How those of an agent can be woken at this moment: what its processes have open is read once, and only if that matters. */
  look(agentId: string): WaysNow;
  /** A connection has ended. */
  ended(agentId: string, connectionId: string): void;
}

/** How the sessions of an agent can be woken at one moment. What can be tried is more than what is surely there. */
export interface WaysNow {
  /** The state by which the hub decides whether to ring the session. */
  tried(session: WakeSession): SessionState;
  /** The state that the user is told. */
  sure(session: WakeSession): SessionState;
  /**
   * A program that was started again says whose calls are its own only with the first of them. Where it may be this session that goes on,
   * its queue can be tried, but nobody is told that it will hear.
   */
  mayHaveResumed(session: WakeSession): boolean;
  /** The sessions that wait or have something open; the last session where there is none. Any other may have ended. */
  present(): WakeSession[];
  /** Notes since when each session has had nothing open. */
  noteGone(): void;
}

/** A session whose program has gone longer ago is not taken for one that goes on. Milliseconds. */
const resumeMs = 600_000;

/**
 * @param deps.isOn whether the user lets agents be woken at all
 * @param deps.queueProgram the program that Codex of a workspace may be rung by; it is read from a file
 * @param deps.heldThreads the threads that a process has open; its files are read
 */
export function createWakeWays(deps: {
  sessions: WakeSessions;
  connections: Connections;
  clock: Clock;
  isOn: boolean;
  queueProgram: (workspaceId: string) => string | undefined;
  heldThreads: (pid: number) => readonly string[];
}): WakeWays {
  const { sessions, connections, clock, isOn, queueProgram, heldThreads } = deps;

  function programOf({ isQueue, id, workspaceId }: WakeSession): string | undefined {
    return isQueue && isThreadId(id) ? queueProgram(workspaceId) : undefined;
  }

  function isConnected({ agentId, connectionIds }: WakeSession): boolean {
    return [...connectionIds].some((connectionId) => connections.isOpen(agentId, connectionId));
  }

  /** What waits for it is of a program that is there, as far as anybody can tell. */
  function waits(session: WakeSession): boolean {
    return session.wait !== undefined && (!session.isDoubtful || isConnected(session));
  }

  function look(agentId: string): WaysNow {
    const all = sessions.ofAgent(agentId);
    let held: ReadonlySet<string> | undefined;

    /** Its program has the session open. */
    function isHeld({ isQueue, id }: WakeSession): boolean {
      if (!isQueue || !isThreadId(id)) return false;
      held ??= new Set(connections.processes(agentId).flatMap(heldThreads));
      return held.has(id);
    }

    /** A connection of its own is open, or its program has it open. */
    const isThere = (session: WakeSession): boolean => isConnected(session) || isHeld(session);

    function wayOf(session: WakeSession): SessionState['way'] {
      if (!isOn || session.hasFailed) return undefined;
      if (session.wait !== undefined) return 'hook';
      return isThere(session) && programOf(session) !== undefined ? 'queue' : undefined;
    }

    function tried(session: WakeSession): SessionState {
      const { turn, busyAt, asksAtEnd, rungAt } = session;
      return { turn, busyAt, asksAtEnd, rungAt, way: wayOf(session) };
    }

    return {
      tried,
      sure(session) {
        const state = tried(session);
        return state.way === 'hook' && !waits(session) ? { ...state, way: undefined } : state;
      },
      mayHaveResumed(session) {
        const { goneAt = 0, hasFailed } = session;
        if (!isOn || hasFailed || clock.now() - goneAt > resumeMs) return false;
        const isNobodys = (connectionId: string): boolean => all.every(({ connectionIds }) => !connectionIds.has(connectionId));
        return connections.openSessions(agentId).some(isNobodys) && programOf(session) !== undefined;
      },
      present() {
        const there = all.filter((session) => waits(session) || isThere(session));
        return there.length > 0 ? there : all.slice(-1);
      },
      noteGone() {
        for (const session of all) session.goneAt = isThere(session) ? undefined : (session.goneAt ?? clock.now());
      },
    };
  }

  return {
    programOf,
    look,
    ended(agentId, connectionId) {
      for (const session of sessions.ofAgent(agentId)) {
        if (session.connectionIds.has(connectionId) && !isConnected(session)) session.isDoubtful = true;
      }
    },
  };
}
