import { createHash, timingSafeEqual } from 'node:crypto';
import { agentToken } from '../../home/agentToken.ts';
import type { TokenGenerations } from './tokenGenerations.ts';

// Two kinds of token. The user's opens REST and the event stream. An agent's opens MCP for one workspace, and is derived
// (HMAC of the master secret, the workspace and its generation), so it is stored nowhere.

/** What a token stands for. `id` tells the tokens of the user apart, and opens nothing. */
export type Bearer = { role: 'user'; id: string } | { role: 'agent'; workspaceId: string };

export interface Tokens {
  /** The token of the agents of a workspace: `arq_<workspace id>_<43 characters>`. */
  forAgents(workspaceId: string): string;
  /** Whose token it is; `undefined` if it is none of ours. */
  identify(token: string): Bearer | undefined;
}

/** @param findUser the id of a token of the user */
export function createTokens(deps: {
  masterSecret: string;
  generations: Pick<TokenGenerations, 'of'>;
  findUser: (token: string) => string | undefined;
}): Tokens {
  const { masterSecret, generations, findUser } = deps;
  const forAgents = (workspaceId: string): string => agentToken(masterSecret, workspaceId, generations.of(workspaceId));
  return {
    forAgents,
    identify(token) {
      const workspaceId = /^arq_([0-9A-Za-z]{11})_/.exec(token)?.[1];
      if (workspaceId !== undefined) return equal(token, forAgents(workspaceId)) ? { role: 'agent', workspaceId } : undefined;
      const id = findUser(token);
      return id === undefined ? undefined : { role: 'user', id };
    },
  };
}

/** Digests first, so that the time tells nothing, not even the length. */
function equal(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
