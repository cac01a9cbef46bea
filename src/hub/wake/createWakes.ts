import type { MissedTurn } from '../../home/missedTurns.ts';
import type { Agent } from '../../protocol/model.ts';
import { gettingReady, type WakeAnswer } from '../../protocol/wake.ts';
import { type Disposable, DisposableStore, toDisposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { HookEvent } from '../hooks/hookEvent.ts';
import type { SessionStreams } from '../mcp/legacy/sessionStreams.ts';
import type { Agents } from '../service/agents.ts';
import type { Caller } from '../service/caller.ts';
import { isGateway } from '../service/channelClients.ts';
import type { ServiceContext } from '../service/context.ts';
import type { QueueMessage } from './codexQueue.ts';
import { hearsOf, ringEveryMs } from './decideWake.ts';
import { type HeldResponse, holdWait } from './openWaits.ts';
import { createProofs, type ToolMeta } from './proofs.ts';
import { createRings, notWoken } from './rings.ts';
import { keepThreads, recallThreads } from './threadMemory.ts';
import { createTurns } from './turns.ts';
import { createWakeSessions, type WakeSession } from './wakeSessions.ts';
import { createWakeWays } from './wakeWays.ts';

/** Wakes agents that have ended their turn when the user has said something, and knows of each what will become of that. */
export interface Wakes extends Disposable {
  /** An event of a session has come. `happenedAt`: it may have been overtaken. RFC 3339, UTC. */
  heard(caller: Caller, event: HookEvent, happenedAt: string | undefined): void;
  /** The session wanted to end its turn. `goesOn`: there was something for it, so it does not. */
  stopped(caller: Caller, sessionId: string, goesOn: boolean): void;
  /** A hook of the session waits for the user's next word, in place of the one that did so before it. */
  hold(caller: Caller, event: HookEvent, response: HeldResponse): Promise<WakeAnswer>;
  /** A tool was called, and this is what the agent said of the call. */
  called(caller: Caller, meta: ToolMeta): void;
}

/**
 * @param deps.isOn whether the user lets agents be woken at all
 * @param deps.queueProgram the program that Codex of a workspace may be rung by
 * @param deps.heldThreads the threads of Codex that a process has open
 * @param deps.missed what hooks could tell no hub before this one
 */
export function createWakes(deps: {
  context: ServiceContext;
  agents: Agents;
  streams: SessionStreams;
  isOn: boolean;
  queue: QueueMessage;
  queueProgram: (workspaceId: string) => string | undefined;
  heldThreads: (pid: number) => readonly string[];
  missed: readonly MissedTurn[];
  log: Logger;
}): Wakes {
  const { context, agents, streams, isOn, queue, queueProgram, heldThreads, missed, log } = deps;
  const { store, clock, connections, background } = context;
  const owned = new DisposableStore();
  const sessions = createWakeSessions((session) => void session.wait?.end({}));
  const proofs = createProofs(connections);
  const ways = createWakeWays({ sessions, connections, clock, isOn, queueProgram, heldThreads });
  const rings = owned.add(createRings({ context, sessions, ways, queue, say, log }));
  const turns = createTurns({ clock, sessions, keep });

  function say(agentId: string, now = ways.look(agentId)): void {
    const agent = agents.get(agentId);
    if (agent === undefined) return;
    // One that isn't there is expected to do nothing by itself.
    if (!agent.connected) {
      agents.hears(agentId, undefined);
      return;
    }
    if (isGateway(agent.name)) {
      const listens = streams.listening(agent.workspaceId).some(({ introduction }) => introduction.name === agent.name);
      agents.hears(agentId, listens ? 'now' : undefined);
      return;
    }
    const states = now.present().map(now.sure);
    if (states.length > 0) agents.hears(agentId, hearsOf(states, clock.now()));
  }

  const keepAll = (): void => background.attempt('what wakes agents could not be kept', () => keepThreads(store, sessions.all()));
  function keep({ isQueue }: WakeSession): void {
    if (isQueue) keepAll();
  }

  /** In a turn of its own: a call that waited for the same goes first, and what has just opened or ended is known by then. */
  const soon = new Set<string>();
  function lookSoon(agentId: string): void {
    if (soon.has(agentId)) return;
    soon.add(agentId);
    background.soon(notWoken, () => {
      soon.delete(agentId);
      rings.look(agentId);
    });
  }

  recallThreads(store, sessions, missed);
  // What was missed is told to this hub alone.
  if (missed.length > 0) keepAll();
  owned.add(
    context.log.onDidPublish((events) => {
      const concerned = events.some(({ event: { type } }) => type === 'message.created' || type === 'request.updated');
      if (!concerned) return;
      const workspaces = new Set(events.map(({ workspaceId }) => workspaceId));
      for (const { agentId, workspaceId } of sessions.all()) if (workspaces.has(workspaceId)) lookSoon(agentId);
    }),
  );
  owned.add(
    connections.onDidChange(({ agentId, connectionId, isOpen }) => {
      if (!isOpen) ways.ended(agentId, connectionId);
      lookSoon(agentId);
    }),
  );
  const onStream = ({ session }: { session: { workspaceId: string; introduction: { name: string } } }): void => {
    const agent = store.agents.byName(session.workspaceId, session.introduction.name);
    if (agent !== undefined) lookSoon(agent.id);
  };
  owned.add(streams.onDidOpenStream(onStream));
  owned.add(streams.onDidCloseStream(onStream));
  owned.add(
    toDisposable(() => {
      for (const { wait } of sessions.all()) void wait?.end({ again: true });
    }),
  );
  context.closing.addEventListener('abort', () => owned.dispose(), { once: true });

  const sessionOf = (agent: Agent, id: string): WakeSession | undefined => (id === '' ? undefined : sessions.of(agent, id));

  return {
    heard({ agent }, event, happenedAt) {
      const session = event.subagent === undefined ? sessionOf(agent, event.sessionId) : undefined;
      if (session === undefined) return;
      proofs.used(session, event);
      turns.heard(session, event, happenedAt);
      say(agent.id);
    },
    stopped({ agent }, sessionId, goesOn) {
      const session = sessionOf(agent, sessionId);
      if (session === undefined) return;
      turns.stopped(session, goesOn);
      // Its own wait may be on its way.
      rings.look(agent.id);
    },
    async hold(caller, event, response) {
      const { agent } = caller;
      const session = sessionOf(agent, event.sessionId);
      if (session === undefined || !isOn || event.subagent !== undefined || owned.disposed) return owned.disposed ? { again: true } : {};
      const leave = agents.present({ agent, connectionId: `wake:${event.sessionId}` });
      const onGone = (): void => {
        if (session.wait === held.wait) session.wait = undefined;
        say(agent.id);
      };
      const held = holdWait(response, onGone);
      const before = session.wait;
      session.wait = held.wait;
      session.isDoubtful = event.name === gettingReady;
      session.hasFailed = false;
      void before?.end({});
      // It begins, or goes on with what it did before; after a restart of the hub its wait alone tells that it does nothing.
      if (event.kind === 'other' || session.turn === 'unknown') session.turn = 'idle';
      // What the program before it was told last shows once this one has connected.
      if (event.kind === 'other') rings.lookAgain(session, ringEveryMs);
      rings.look(agent.id);
      try {
        return await held.answer;
      } finally {
        leave();
      }
    },
    called({ agent, connectionId }, meta) {
      const session = proofs.called(agent, connectionId, meta, (id) => sessions.of(agent, id));
      if (session === undefined) return;
      turns.called(session);
      say(agent.id);
    },
    dispose: () => owned.dispose(),
  };
}
