import * as z from 'zod';
import type { MissedTurn } from '../../home/missedTurns.ts';
import type { Store } from '../storage/store.ts';
import type { WakeSession, WakeSessions } from './wakeSessions.ts';

// A session that is rung by its id tells a hub that has just started nothing until it calls, so what was known of it is kept.

const key = 'wakeThreads';
const mostKept = 100;

const threadsSchema = z.array(
  z.object({
    agentId: z.string(),
    workspaceId: z.string(),
    id: z.string(),
    connectionIds: z.array(z.string()),
    asksAtEnd: z.boolean(),
    isIdle: z.boolean(),
    /** When it said so. Milliseconds since 1970. */
    saidAt: z.number().default(0),
  }),
);

/** Keeps them, and which have ended their turn. */
export function keepThreads({ meta }: Store, sessions: readonly WakeSession[]): void {
  const kept = sessions.filter(({ isQueue }) => isQueue).slice(-mostKept);
  meta.set(
    key,
    JSON.stringify(
      kept.map(({ agentId, workspaceId, id, connectionIds, asksAtEnd, turn, saidAt }) => ({
        agentId,
        workspaceId,
        id,
        connectionIds: [...connectionIds],
        asksAtEnd,
        isIdle: turn === 'idle',
        saidAt,
      })),
    ),
  );
}

/** Takes up those that were kept. @param missed what they have said since, while no hub was there */
export function recallThreads({ meta, agents }: Store, sessions: WakeSessions, missed: readonly MissedTurn[]): void {
  const { data = [] } = threadsSchema.safeParse(JSON.parse(meta.get(key) ?? '[]'));
  for (const { agentId, workspaceId, id, connectionIds, asksAtEnd, isIdle, saidAt } of data) {
    const agent = agents.get(agentId);
    if (agent === undefined) continue;
    const session = sessions.of(agent, id);
    const later = missed.find((one) => one.workspaceId === workspaceId && one.sessionId === id && one.at > saidAt);
    const hasEnded = later === undefined ? isIdle : later.turn === 'ended';
    // One that was busy may have ended its turn meanwhile; and nobody knows how long it has been gone, unless it comes back.
    Object.assign(session, { turn: hasEnded ? 'idle' : 'unknown', asksAtEnd, saidAt: later?.at ?? saidAt, goneAt: 0 });
    for (const connectionId of connectionIds) session.connectionIds.add(connectionId);
  }
}
