import type { Agent } from '../../protocol/model.ts';
import type { OpenWait } from './openWaits.ts';

/** A session of an agent, by the id that its hooks give it. As long as this hub runs. */
export interface WakeSession {
  readonly agentId: string;
  readonly workspaceId: string;
  /** The agent's own id for it. */
  readonly id: string;
  turn: 'idle' | 'busy' | 'unknown';
  /** When it did something last that is no end of a turn. Milliseconds since 1970. */
  busyAt: number;
  /** When it began or ended a turn last, as far as it has said so. Milliseconds since 1970. */
  saidAt: number;
  asksAtEnd: boolean;
  rungAt: number | undefined;
  /** What it was rung for then, by id. */
  rungFor: ReadonlySet<string>;
  /** The connections over which it has called, as it has proven itself. */
  readonly connectionIds: Set<string>;
  /** Since when none of them is open, as far as was seen. Milliseconds since 1970; `undefined`: one is. */
  goneAt: number | undefined;
  /** It waits for the user's next word. */
  wait: OpenWait | undefined;
  /**
   * What waits is perhaps left behind by a program that has died, because the last of its connections has ended since; or its program gets
   * ready.
   */
  isDoubtful: boolean;
  /** Its program takes words that are sent to this session by its id. */
  readonly isQueue: boolean;
  /** The last attempt to send it any has failed, and it was not heard since. */
  hasFailed: boolean;
}

/** The sessions that are known, the one that was heard last last. */
export interface WakeSessions {
  /** The session with this id; made if it is new. */
  of(agent: Agent, sessionId: string): WakeSession;
  ofAgent(agentId: string): WakeSession[];
  all(): WakeSession[];
  forget(session: WakeSession): void;
}

/** An agent may begin any number of sessions, and not all of them say that they end. */
const mostSessions = 500;
const longestId = 200;

/** @param onForget hears of each that is forgotten */
export function createWakeSessions(onForget: (session: WakeSession) => void): WakeSessions {
  const known = new Map<string, WakeSession>();
  const keyOf = (agentId: string, sessionId: string): string => `${agentId} ${sessionId.slice(0, longestId)}`;

  function forget(session: WakeSession): void {
    if (known.delete(keyOf(session.agentId, session.id))) onForget(session);
  }

  return {
    of(agent, sessionId) {
      const key = keyOf(agent.id, sessionId);
      const session = known.get(key) ?? newSession(agent, sessionId.slice(0, longestId));
      known.delete(key);
      known.set(key, session);
      const [oldest] = known.values();
      if (known.size > mostSessions && oldest !== undefined) forget(oldest);
      return session;
    },
    ofAgent: (agentId) => [...known.values()].filter((session) => session.agentId === agentId),
    all: () => [...known.values()],
    forget,
  };
}

function newSession({ id: agentId, workspaceId, name }: Agent, id: string): WakeSession {
  return {
    agentId,
    workspaceId,
    id,
    turn: 'unknown',
    busyAt: 0,
    saidAt: 0,
    asksAtEnd: false,
    rungAt: undefined,
    rungFor: new Set(),
    connectionIds: new Set(),
    goneAt: undefined,
    wait: undefined,
    isDoubtful: false,
    isQueue: name.startsWith('codex'),
    hasFailed: false,
  };
}
