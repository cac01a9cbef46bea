import { createHash, timingSafeEqual } from 'node:crypto';
import { agentToken } from '../home/agentToken.ts';

// Two kinds of token. The person's opens REST and the event stream. An agent's opens MCP for one workspace, and is derived
// (HMAC of the master secret), so it is stored nowhere.

/** What a token stands for. */
export type Bearer = { role: 'person' } | { role: 'agent'; workspaceId: string };

export interface Tokens {
  /** The token of the agents of a workspace: `arq_<workspace id>_<43 characters>`. */
  forAgents(workspaceId: string): string;
  /** Whose token it is; `undefined` if it is none of ours. */
  identify(token: string): Bearer | undefined;
}

export function createTokens({ masterSecret, isPerson }: { masterSecret: string; isPerson: (token: string) => boolean }): Tokens {
  const forAgents = (workspaceId: string): string => agentToken(masterSecret, workspaceId);
  return {
    forAgents,
    identify(token) {
      const workspaceId = /^arq_([0-9A-Za-z]{11})_/.exec(token)?.[1];
      if (workspaceId !== undefined) return equal(token, forAgents(workspaceId)) ? { role: 'agent', workspaceId } : undefined;
      return isPerson(token) ? { role: 'person' } : undefined;
    },
  };
}

/** Digests first, so that the time tells nothing, not even the length. */
function equal(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
