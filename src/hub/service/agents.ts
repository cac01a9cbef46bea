import { doctorName } from '../../protocol/doctorName.ts';
import { HubError } from '../../protocol/hubErrors.ts';
import { limits } from '../../protocol/limits.ts';
import type { Agent } from '../../protocol/model.ts';
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

/** While it calls often, its last sign of life is written down no more often than this. */
const heardEveryMs = 10_000;

/** Agents that open a connection for each call aren't gone between two calls. */
const goneAfterMs = 30_000;

/** Which agents are there: who was heard when, who has something open, who waits. */
export interface Agents {
  /**
   * An agent was heard: the row of it, made if this is the first time. `goesOn`: `false` for what its program does by itself, which says
   * nothing of the place that it waits in.
   * @throws HubError `too_many_requests`
   */
  heard(workspaceId: string, introduction: AgentIntroduction, goesOn?: boolean): Agent;
  /** Something of this connection is open (a stream, or a call being served) until the returned function is called. */
  present(caller: Caller): () => void;
  /** The agent waits in a place that the hub can't answer for, until it is heard again. `text` says for what. */
  waitsElsewhere(agentId: string, text: string): void;
  /** This agent waits for `requestId` until the returned function is called; it may wait for any number of them. */
  waiting(agentId: string, requestId: string): () => void;
  /** What becomes of what the user says to it. */
  hears(agentId: string, hears: Agent['hears']): void;
  /** The hub stops. */
  dispose(): void;
}

export function createAgents(context: ServiceContext): Agents {
  const { store, transact, clock, connections, newId, background } = context;
  const leaving = new Map<string, Disposable>();
  /** By agent: for which requests how many of its calls wait. */
  const waits = new Map<string, Counts<string>>();

  // Nobody is connected to a hub that has just started.
  transact((changes) => {
    for (const { waitingFor: _, hears: _hears, ...agent } of store.agents.connected()) changes.saveAgent({ ...agent, connected: false });
  });

  let disposed = false;

  /** A sign of life that can't be written down is no reason to end anybody's call. */
  function update(agentId: string, change: (agent: Agent) => Agent): void {
    if (disposed) return;
    background.attempt(`the presence of agent ${agentId} could not be noted`, () => {
      const agent = store.agents.get(agentId);
      if (agent === undefined) return;
      const changed = change(agent);
      if (JSON.stringify(changed) !== JSON.stringify(agent)) transact((changes) => changes.saveAgent(changed));
    });
  }

  return {
    heard(workspaceId, introduction, goesOn = true) {
      const name = introduction.name.slice(0, limits.name);
      const now = timestamp(clock);
      // The editor that tries a connection is nobody: it is written down nowhere, and whatever is noted of it is passed over.
      if (name === doctorName) return { id: newId(), workspaceId, name, connected: false, lastHeardAt: now };
      const known = store.agents.byName(workspaceId, name);
      if (known === undefined && store.agents.countOfWorkspace(workspaceId) >= limits.agents) {
        throw new HubError('too_many_requests', `This workspace knows ${limits.agents} agents already. Use one of their names.`);
      }
      const agent: Agent = {
        id: known?.id ?? newId(),
        workspaceId,
        name,
        ...(introduction.title !== undefined && { title: introduction.title.slice(0, limits.name) }),
        ...(introduction.version !== undefined && { version: introduction.version.slice(0, limits.name) }),
        connected: known?.connected ?? false,
        lastHeardAt: now,
        ...(known?.waitingFor !== undefined && { waitingFor: known.waitingFor }),
        ...(known?.hears !== undefined && { hears: known.hears }),
        ...(!goesOn && known?.waitsElsewhere !== undefined && { waitsElsewhere: known.waitsElsewhere }),
      };
      const fresh =
        known !== undefined &&
        (known.waitsElsewhere === undefined || !goesOn) &&
        known.version === agent.version &&
        known.title === agent.title &&
        clock.now() - Date.parse(known.lastHeardAt) < heardEveryMs;
      return fresh ? known : transact((changes) => changes.saveAgent(agent));
    },
    present({ agent: { id: agentId }, via }) {
      const end = connections.open(agentId, via);
      leaving.get(agentId)?.dispose();
      update(agentId, (agent) => ({ ...agent, connected: true }));
      return () => {
        end();
        if (disposed || connections.isPresent(agentId)) return;
        const leave = clock.after(goneAfterMs, () => update(agentId, ({ hears: _before, ...agent }) => ({ ...agent, connected: false })));
        leaving.set(agentId, leave);
      };
    },
    waiting(agentId, requestId) {
      const own = waits.get(agentId) ?? createCounts<string>();
      waits.set(agentId, own);
      const leave = own.enter(requestId);
      const note = (): void => {
        update(agentId, (agent) => {
          const { waitingFor: _, ...others } = agent;
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
    waitsElsewhere(agentId, text) {
      update(agentId, (agent) => ({ ...agent, waitsElsewhere: { text: text.slice(0, limits.title), at: timestamp(clock) } }));
    },
    hears(agentId, hears) {
      update(agentId, ({ hears: _before, ...agent }) => ({ ...agent, ...(hears !== undefined && { hears }) }));
    },
    dispose() {
      disposed = true;
      for (const leave of leaving.values()) leave.dispose();
      leaving.clear();
    },
  };
}
