import type { Clock } from '../../util/clock.ts';
import { assertNever } from '../../util/errors.ts';
import type { HookEvent } from '../hooks/hookEvent.ts';
import type { WakeSession, WakeSessions } from './wakeSessions.ts';

/** Which session does something and which has ended its turn, by what the agents report. */
export interface Turns {
  /** An event of the session itself has come. `happenedAt`: it may have been overtaken. RFC 3339, UTC. */
  heard(session: WakeSession, event: HookEvent, happenedAt: string | undefined): void;
  /** It has called, so it does something. */
  called(session: WakeSession): void;
  /** It wanted to end its turn. `goesOn`: there was something for it, so it does not. */
  stopped(session: WakeSession, goesOn: boolean): void;
}

/** @param deps.keep keeps what a hub that starts has to know of the session */
export function createTurns(deps: { clock: Clock; sessions: WakeSessions; keep: (session: WakeSession) => void }): Turns {
  const { clock, sessions, keep } = deps;

  function isBusy(session: WakeSession): void {
    const now = clock.now();
    session.busyAt = now;
    session.saidAt = now;
    session.turn = 'busy';
    session.hasFailed = false;
    const { wait } = session;
    session.wait = undefined;
    void wait?.end({});
    keep(session);
  }

  return {
    heard(session, event, happenedAt) {
      switch (event.kind) {
        case 'sessionEnd':
          sessions.forget(session);
          break;
        case 'stop':
          session.asksAtEnd = true;
          break;
        case 'prompt':
        case 'permission':
        case 'dialog':
        case 'toolStarts':
        case 'toolUsed':
        case 'toolsDone':
          if (!isOvertaken(session, happenedAt)) isBusy(session);
          break;
        case 'waits':
        case 'other':
          // Claude Code says that it is idle. Where no hook waits, its turn was interrupted: nothing is asked at the end of that.
          if (event.name === 'Notification' && session.wait === undefined) session.turn = 'unknown';
          break;
        case 'subagentStop':
          break;
        default:
          assertNever(event);
      }
    },
    called(session) {
      if (session.turn !== 'busy') isBusy(session);
    },
    stopped(session, goesOn) {
      session.turn = goesOn ? 'busy' : 'idle';
      session.saidAt = clock.now();
      keep(session);
    },
  };
}

/**
 * What is only reported may come after the end of its turn, in a process that was started later than the one that waits, and says
 * nothing of what the session does now. Every turn begins with something that isn't only reported.
 */
function isOvertaken({ turn, wait }: WakeSession, happenedAt: string | undefined): boolean {
  return happenedAt !== undefined && (wait !== undefined || turn === 'idle');
}
