import type { Refused } from '../../protocol/events.ts';
import type { Agent, Presence } from '../../protocol/model.ts';
import { Emitter, type Listen } from '../../util/emitter.ts';
import { presenceText } from './frames.ts';

/**
 * How agents are there at this moment: in memory, because nobody is connected to a hub that has just started. It is no part of the log.
 * A stream begins with all of it, and then gets the agents that have changed; while a socket is full nothing is kept for it.
 */
export interface PresenceFeed {
  /** Counts the changes. */
  readonly revision: number;
  get(agentId: string): Presence | undefined;
  /** The agent as its row says, with its presence. */
  of(agent: Agent): Agent;
  set(presence: Presence): void;
  /** Something that wants to be an agent is refused again and again. Told to readers of all workspaces. */
  setRefused(refused: Refused): void;
  readonly onDidChange: Listen<void>;
  /** A frame with all that is known, for a stream that begins. */
  complete(workspaceId: string | undefined): string;
  /** A frame with the agents that have changed after `revision`; empty: none has. */
  since(revision: number, workspaceId: string | undefined): string;
}

export function createPresenceFeed(onError: (error: unknown) => void): PresenceFeed {
  const changed = new Emitter<void>(onError);
  const all = new Map<string, { presence: Presence; revision: number }>();
  let revision = 0;
  let strangers: { refused: Refused; revision: number } | undefined;
  /** Readers that stand at the same place get the same text. */
  let shared: { key: string; text: string } | undefined;

  function textOf(after: number, workspaceId: string | undefined, isComplete: boolean): string {
    const key = `${revision} ${after} ${workspaceId ?? ''} ${isComplete}`;
    if (shared?.key === key) return shared.text;
    const agents = [...all.values()]
      .filter((entry) => entry.revision > after && (workspaceId === undefined || entry.presence.workspaceId === workspaceId))
      .map(({ presence }) => presence);
    const refused = workspaceId === undefined && strangers !== undefined && strangers.revision > after ? strangers.refused : undefined;
    const isNews = isComplete || agents.length > 0 || refused !== undefined;
    const text = isNews ? presenceText({ agents, isComplete, ...(refused && { refused }) }) : '';
    shared = { key, text };
    return text;
  }

  return {
    get revision() {
      return revision;
    },
    get: (agentId) => all.get(agentId)?.presence,
    of(agent) {
      const { connected: _, waitingFor: _waits, hears: _hears, ...row } = agent;
      return { ...row, connected: false, ...all.get(agent.id)?.presence };
    },
    set(presence) {
      revision += 1;
      all.set(presence.id, { presence, revision });
      changed.fire();
    },
    setRefused(refused) {
      revision += 1;
      strangers = { refused, revision };
      changed.fire();
    },
    onDidChange: changed.event,
    complete: (workspaceId) => textOf(-1, workspaceId, true),
    since: (after, workspaceId) => textOf(after, workspaceId, false),
  };
}
