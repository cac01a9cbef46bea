import { agentToken } from '../home/agentToken.ts';
import { readGenerations } from '../home/generations.ts';
import { findOwnHub } from '../home/ownHub.ts';
import type { OwnHub } from '../home/provenConnection.ts';

/** Where the hub is, and the token that it takes from agents of one workspace once it has proven itself. */
export interface HubPlace extends OwnHub {
  token: string;
}

/** Looks where the hub is at this moment; `undefined` if none runs. @throws UserError if the files in the home folder can't be trusted */
export function findHub({ home, workspaceId }: { home: string; workspaceId: string }): HubPlace | undefined {
  const hub = findOwnHub(home);
  if (hub === undefined) return undefined;
  const { port, secret } = hub;
  return { port, secret, token: agentToken(secret, workspaceId, readGenerations(home).get(workspaceId) ?? 1) };
}
