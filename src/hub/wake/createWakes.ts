import type { Agent } from '../../protocol/model.ts';
import { type WakeAnswer, wakeSentence } from '../../protocol/wake.ts';
import { assertNever } from '../../util/errors.ts';
import { type Disposable, DisposableStore, toDisposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { HookEvent } from '../hooks/hookEvent.ts';
import type { SessionStreams } from '../mcp/legacy/sessionStreams.ts';
import type { Agents } from '../service/agents.ts';
import type { Caller } from '../service/caller.ts';
import { isGateway } from '../service/channelClients.ts';
import type { ServiceContext } from '../service/context.ts';
import { isThreadId, type QueueMessage } from './codexQueue.ts';
import { decideWake, hearsOf, ringEveryMs, type SessionState } from './decideWake.ts';
import { type News, newsOf } from './newsOf.ts';
import { type HeldResponse, holdWait } from './openWaits.ts';
import { createProofs, type ToolMeta } from './proofs.ts';
import { keepThreads, recallThreads } from './threadMemory.ts';
import { createWakeSessions, type WakeSession } from './wakeSessions.ts';

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

/** How long an agent may take to begin the turn that it was rung for. Milliseconds. */
const beginMs = 30_000;

/** A session whose program has gone longer ago is not taken for one that goes on. Milliseconds. */
const resumeMs = 600_000;

const notWoken = 'an agent could not be woken';

/**
 * @param deps.isOn whether the user lets agents be woken at all
 * @param deps.queueProgram the program that Codex of a workspace may be rung by
 */
export function createWakes(deps: {
  context: ServiceContext;
  agents: Agents;
  streams: SessionStreams;
  isOn: boolean;
  queue: QueueMessage;
  queueProgram: (workspaceId: string) => string | undefined;
  log: Logger;
}): Wakes {
  const { context, agents, streams, isOn, queue, queueProgram, log } = deps;
  const { store, clock, connections, background } = context;
  const owned = new DisposableStore();
  const sessions = createWakeSessions((session) => void session.wait?.end({}));
  const proofs = createProofs(connections);
  const due = new Map<WakeSession, Disposable>();

  function programOf(session: WakeSession): string | undefined {
    return session.isQueue && isThreadId(session.id) ? queueProgram(session.workspaceId) : undefined;
  }

  /** What wakes the session right now, as far as can be seen. */
  function wayOf(session: WakeSession): SessionState['way'] {
    if (!isOn || session.hasFailed) return undefined;
    if (session.wait !== undefined) return 'hook';
    return isThere(session) && programOf(session) !== undefined ? 'queue' : undefined;
  }

  function isThere({ agentId, vias }: WakeSession): boolean {
    return [...vias].some((via) => connections.isOpen(agentId, via));
  }

  /**
   * A program that was started again says whose calls are its own only with the first of them. Where it may be this session that goes on,
   * its queue can be tried, but nobody is told that it will hear.
   */
  function mayHaveResumed(session: WakeSession): boolean {
    const { goneAt = 0, hasFailed } = session;
    if (!isOn || hasFailed || clock.now() - goneAt > resumeMs || programOf(session) === undefined) return false;
    const all = sessions.ofAgent(session.agentId);
    return connections.openSessions(session.agentId).some((via) => all.every(({ vias }) => !vias.has(via)));
  }

  function stateOf(session: WakeSession): SessionState {
    const { turn, busyAt, asksAtEnd, rungAt } = session;
    return { turn, busyAt, asksAtEnd, rungAt, way: wayOf(session) };
  }

  /** Those that are there: a session of which nothing is open is perhaps gone, and nobody expects that of it. */
  function present(agentId: string): WakeSession[] {
    const all = sessions.ofAgent(agentId);
    const there = all.filter((session) => session.wait !== undefined || isThere(session));
    return there.length > 0 ? there : all.slice(-1);
  }

  function say(agentId: string): void {
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
    const states = present(agentId).map(stateOf);
    if (states.length > 0) agents.hears(agentId, hearsOf(states, clock.now()));
  }

  /** No agent is disturbed by what fails here. */
  function look(agentId: string): void {
    if (!owned.disposed) background.attempt(notWoken, () => ringWhoIsDue(agentId));
  }

  function ringWhoIsDue(agentId: string): void {
    const agent = store.agents.get(agentId);
    if (agent === undefined) return;
    const all = sessions.ofAgent(agentId);
    for (const session of all) session.goneAt = isThere(session) ? undefined : (session.goneAt ?? clock.now());
    const reached = all.filter((session) => wayOf(session) !== undefined);
    const candidates = reached.length > 0 ? reached : all.filter(mayHaveResumed);
    // Another one that was rung for it is about to ask.
    const taken = new Set(
      all.flatMap(({ turn, rungAt = 0, rungFor }) => (turn === 'busy' && clock.now() - rungAt < beginMs ? [...rungFor] : [])),
    );
    for (const [session, given] of newsOf(context, agent, candidates)) {
      const news = given.filter(({ id }) => !taken.has(id));
      const state = stateOf(session);
      const step = decideWake({ ...state, way: state.way ?? 'queue' }, news.length > 0, clock.now());
      if (step.kind === 'ring') background.run(notWoken, ring(session, news));
      else if (step.kind === 'later') lookAgain(session, step.afterMs);
    }
    say(agentId);
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
    const program = wait === undefined ? programOf(session) : undefined;
    const isRung =
      wait === undefined
        ? program !== undefined && (await queue({ program, threadId: session.id, message: sentence }))
        : await wait.end({ wake: sentence });
    log.trace(isRung ? 'an agent was woken' : notWoken);
    if (owned.disposed) return;
    if (isRung) {
      clock.after(beginMs, () => gaveNoSign(session, rungAt));
    } else if (session.busyAt < rungAt) {
      // Nothing has reached it.
      session.turn = 'idle';
      if (wait === undefined) session.hasFailed = true;
      else session.rungAt = before;
    }
    look(session.agentId);
  }

  function gaveNoSign(session: WakeSession, rungAt: number): void {
    if (session.rungAt === rungAt && session.busyAt < rungAt && session.turn === 'busy') {
      session.turn = 'unknown';
      if (session.wait === undefined) session.hasFailed = true;
    }
    // What it has not asked for meanwhile, others may hear of.
    look(session.agentId);
  }

  /**
   * What is only reported may come after the end of its turn, in a process that was started later than the one that waits, and says
   * nothing of what the session does now. Every turn begins with something that isn't only reported.
   */
  function isOvertaken({ turn, wait }: WakeSession, happenedAt: string | undefined): boolean {
    return happenedAt !== undefined && (wait !== undefined || turn === 'idle');
  }

  function isBusy(session: WakeSession): void {
    session.busyAt = clock.now();
    session.turn = 'busy';
    session.hasFailed = false;
    const { wait } = session;
    session.wait = undefined;
    void wait?.end({});
    remember(session);
  }

  function remember(session: WakeSession): void {
    if (session.isQueue) background.attempt('what wakes agents could not be kept', () => keepThreads(store, sessions.all()));
  }

  recallThreads(store, sessions);
  owned.add(
    context.log.onDidPublish((events) => {
      const concerned = events.some(({ event: { type } }) => type === 'message.created' || type === 'request.updated');
      if (!concerned) return;
      const workspaces = new Set(events.map(({ workspaceId }) => workspaceId));
      // In a turn of its own: a call that waited for this goes first.
      background.soon(notWoken, () => {
        const ids = new Set(sessions.all().flatMap(({ agentId, workspaceId }) => (workspaces.has(workspaceId) ? [agentId] : [])));
        for (const agentId of ids) look(agentId);
      });
    }),
  );
  const onStream = ({
    session: { workspaceId, introduction },
  }: {
    session: { workspaceId: string; introduction: { name: string } };
  }): void => {
    background.soon(notWoken, () => {
      const agent = store.agents.byName(workspaceId, introduction.name);
      if (agent !== undefined) look(agent.id);
    });
  };
  owned.add(streams.onDidOpenStream(onStream));
  owned.add(streams.onDidCloseStream(onStream));
  owned.add(
    toDisposable(() => {
      for (const { wait } of sessions.all()) void wait?.end({ again: true });
      for (const timer of due.values()) timer.dispose();
    }),
  );
  context.closing.addEventListener('abort', () => owned.dispose(), { once: true });

  const sessionOf = (agent: Agent, id: string): WakeSession | undefined => (id === '' ? undefined : sessions.of(agent, id));

  return {
    heard({ agent }, event, happenedAt) {
      const session = event.subagent === undefined ? sessionOf(agent, event.sessionId) : undefined;
      if (session === undefined) return;
      proofs.used(session, event);
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
          return;
        default:
          assertNever(event);
      }
      say(agent.id);
    },
    stopped({ agent }, sessionId, goesOn) {
      const session = sessionOf(agent, sessionId);
      if (session === undefined) return;
      session.turn = goesOn ? 'busy' : 'idle';
      session.isQueue = agent.name.startsWith('codex');
      remember(session);
      // Its own wait may be on its way.
      look(agent.id);
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
      void before?.end({});
      // It begins, or goes on with what it did before; after a restart of the hub its wait alone tells that it does nothing.
      if (event.kind === 'other' || session.turn === 'unknown') session.turn = 'idle';
      // What the program before it was told last shows once this one has connected.
      if (event.kind === 'other') lookAgain(session, ringEveryMs);
      look(agent.id);
      try {
        return await held.answer;
      } finally {
        leave();
      }
    },
    called({ agent, connectionId }, meta) {
      const session = proofs.called(agent, connectionId, meta, (id) => sessions.of(agent, id));
      if (session === undefined) return;
      if (session.turn !== 'busy') isBusy(session);
      say(agent.id);
    },
    dispose: () => owned.dispose(),
  };
}
