import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';
import type { Agent, Presence } from '../../protocol/model.ts';
import { doctorName } from '../../protocol/names.ts';
import { timestamp } from '../../util/clock.ts';
import { type Counts, createCounts } from '../../util/counts.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';

/** How an agent introduces itself (`clientInfo` of MCP). */
export interface AgentIntroduction {
  name: string;
  title?: string | undefined;
  version?: string | undefined;
}

/** While it calls often, readers of the stream are told of it no more often than this. */
const toldEveryMs = 10_000;

/** On disk the time when an agent was last heard stands behind by this at most, while the agent goes on; it is for a hub that restarts. */
const storedEveryMs = 5 * 60_000;

/** Agents that open a connection for each call aren't gone between two calls. */
const disconnectedAfterMs = 30_000;

/**
 * Which agents are there: who was heard when, who has something open, who waits. Only who they are, and what is to be decided elsewhere, is
 * in the log.
 */
export interface Agents {
  /** With its presence. */
  get(agentId: string): Agent | undefined;
  /** Those that were heard last come first. */
  ofWorkspace(workspaceId: string): Agent[];
  /**
   * An agent was heard: the row of it, made if this is the first time. `goesOn`: `false` for what its program does by itself, which says
   * nothing of the place that it waits in.
   * @throws HubError `too_many_requests`
   */
  heard(workspaceId: string, introduction: AgentIntroduction, goesOn?: boolean): Agent;
  /**
   * Something of this connection is open (a stream, or a call being served) until the returned function is called.
   * @param process the process of the agent that it comes from, if it says so
   */
  present(caller: Caller, process?: number): () => void;
  /** The agent asks in its own window, where the hub can't answer, until it is heard again. `text` says what. */
  noteExternalPrompt(agentId: string, text: string): void;
  /** This agent waits for `requestId` until the returned function is called; it may wait for any number of them. */
  waiting(agentId: string, requestId: string): () => void;
  /** What becomes of what the user says to it. */
  hears(agentId: string, hears: Agent['hears']): void;
  /** The hub stops. */
  dispose(): void;
}

export function createAgents(context: ServiceContext): Agents {
  const { store, transact, clock, connections, presence, newId, background } = context;
  const leaving = new Map<string, Disposable>();
  /** By agent: for which requests how many of its calls wait. */
  const waits = new Map<string, Counts<string>>();
  /** By agent: what its row says of when it was last heard. Milliseconds since 1970. */
  const storedAt = new Map<string, number>();
  let disposed = false;

  function get(agentId: string): Agent | undefined {
    const agent = store.agents.get(agentId);
    return agent && presence.of(agent);
  }

  /** A sign of life that can't be noted is no reason to end anybody's call. */
  function update(agentId: string, change: (before: Presence) => Presence): void {
    if (disposed) return;
    background.attempt(`the presence of agent ${agentId} could not be noted`, () => {
      const before = presence.get(agentId) ?? presenceOf(get(agentId));
      if (before === undefined) return;
      const changed = change(before);
      if (JSON.stringify(changed) !== JSON.stringify(before)) presence.set(changed);
    });
  }

  function noteHeard(agent: Agent): void {
    const now = clock.now();
    const known = presence.get(agent.id);
    if (known !== undefined && now - Date.parse(known.lastHeardAt) < toldEveryMs) return;
    presence.set({ ...presenceOf(agent), lastHeardAt: timestamp(clock) });
    if (now - (storedAt.get(agent.id) ?? 0) >= storedEveryMs) storeHeard(agent.id);
  }

  function storeHeard(agentId: string): void {
    const at = presence.get(agentId)?.lastHeardAt;
    if (at === undefined || storedAt.get(agentId) === Date.parse(at)) return;
    background.attempt(`when agent ${agentId} was last heard could not be noted`, () => store.agents.setHeard(agentId, at));
    storedAt.set(agentId, Date.parse(at));
  }

  return {
    get,
    ofWorkspace: (workspaceId) =>
      store.agents
        .ofWorkspace(workspaceId)
        .map(presence.of)
        .toSorted((one, other) => Date.parse(other.lastHeardAt) - Date.parse(one.lastHeardAt)),
    heard(workspaceId, introduction, goesOn = true) {
      const name = introduction.name.slice(0, limits.name);
      const now = timestamp(clock);
      // The editor that tries a connection is nobody: it is written down nowhere, and whatever is noted of it is passed over.
      if (name === doctorName) return { id: newId(), workspaceId, name, connected: false, lastHeardAt: now };
      const stored = store.agents.byName(workspaceId, name);
      if (stored === undefined && store.agents.countOfWorkspace(workspaceId) >= limits.agents) {
        throw new HubError('too_many_requests', `This workspace knows ${limits.agents} agents already. Use one of their names.`);
      }
      const { title, version } = introduction;
      const agent: Agent = {
        ...(stored === undefined ? { id: newId(), connected: false, lastHeardAt: now } : withoutIntroduction(presence.of(stored))),
        workspaceId,
        name,
        ...(title !== undefined && { title: title.slice(0, limits.name) }),
        ...(version !== undefined && { version: version.slice(0, limits.name) }),
        ...(!goesOn && stored?.waitsElsewhere !== undefined && { waitsElsewhere: stored.waitsElsewhere }),
      };
      const isSame =
        stored !== undefined &&
        stored.title === agent.title &&
        stored.version === agent.version &&
        stored.removedAt === undefined &&
        (stored.waitsElsewhere === undefined || !goesOn);
      if (!isSame) transact((changes) => changes.saveAgent({ ...agent, lastHeardAt: now }));
      noteHeard(agent);
      return presence.of(agent);
    },
    present({ agent: { id: agentId }, connectionId }, process) {
      const end = connections.open(agentId, connectionId, process);
      leaving.get(agentId)?.dispose();
      update(agentId, (before) => ({ ...before, connected: true }));
      return () => {
        end();
        if (disposed || connections.isPresent(agentId)) return;
        const leave = clock.after(disconnectedAfterMs, () => {
          update(agentId, ({ hears: _before, ...before }) => ({ ...before, connected: false }));
          storeHeard(agentId);
        });
        leaving.set(agentId, leave);
      };
    },
    waiting(agentId, requestId) {
      const own = waits.get(agentId) ?? createCounts<string>();
      waits.set(agentId, own);
      const leave = own.enter(requestId);
      const note = (): void => {
        update(agentId, ({ waitingFor: _before, ...others }) => {
          const waitingFor = own.keys();
          return { ...others, ...(waitingFor.length > 0 && { waitingFor }) };
        });
      };
      note();
      return () => {
        leave();
        if (own.keys().length === 0 && waits.get(agentId) === own) waits.delete(agentId);
        note();
      };
    },
    noteExternalPrompt(agentId, text) {
      if (disposed) return;
      background.attempt(`that agent ${agentId} waits could not be noted`, () => {
        const agent = get(agentId);
        if (agent === undefined) return;
        const waitsElsewhere = { text: text.slice(0, limits.title), at: timestamp(clock) };
        transact((changes) => changes.saveAgent({ ...agent, waitsElsewhere }));
      });
    },
    hears(agentId, hears) {
      update(agentId, ({ hears: _before, ...others }) => ({ ...others, ...(hears !== undefined && { hears }) }));
    },
    dispose() {
      disposed = true;
      for (const leave of leaving.values()) leave.dispose();
      leaving.clear();
      for (const agentId of storedAt.keys()) storeHeard(agentId);
    },
  };
}

function presenceOf(agent: Agent): Presence;
function presenceOf(agent: Agent | undefined): Presence | undefined;
function presenceOf(agent: Agent | undefined): Presence | undefined {
  if (agent === undefined) return undefined;
  const { id, workspaceId, connected, lastHeardAt, waitingFor, hears } = agent;
  return { id, workspaceId, connected, lastHeardAt, ...(waitingFor && { waitingFor }), ...(hears && { hears }) };
}

function withoutIntroduction({
  title: _title,
  version: _version,
  waitsElsewhere: _waits,
  removedAt: _removed,
  ...agent
}: Agent): Omit<Agent, 'title' | 'version'> {
  return agent;
}
