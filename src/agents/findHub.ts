import { join } from 'node:path';
import { agentToken, masterSecretFile } from '../home/agentToken.ts';
import { readGenerations } from '../home/generations.ts';
import { readPrivateFile } from '../home/privateFile.ts';
import { discoveryFile, parseDiscovery } from '../protocol/discovery.ts';
import { UserError } from '../util/errors.ts';

/** Where the hub is, and the token that it takes from agents of one workspace. */
export interface HubPlace {
  /** Without a slash at its end. */
  url: string;
  token: string;
}

/**
 * Looks where the hub is at this moment; `undefined` if none runs. The token goes along with nothing but an address that stands in a
 * file that only this person can write, on this machine, of a process that is still theirs: after a crash, the port that the file
 * names is free for anybody.
 * @throws UserError if the files in the home folder can't be trusted
 */
export function findHub({ home, workspaceId }: { home: string; workspaceId: string }): HubPlace | undefined {
  const file = join(home, discoveryFile);
  const text = readPrivateFile(file);
  const discovery = text === undefined ? undefined : parseDiscovery(text);
  if (discovery === undefined || !isOwnProcess(discovery.pid)) return undefined;
  const url = ownMachine(discovery.url);
  if (url === undefined) {
    throw new UserError(`AgentRQ won't use ${file}: it names an address that isn't on this machine. Delete it and restart the hub.`);
  }
  const secret = readPrivateFile(join(home, masterSecretFile))?.trim();
  if (secret === undefined || secret === '') return undefined;
  return { url, token: agentToken(secret, workspaceId, readGenerations(home).get(workspaceId) ?? 1) };
}

function ownMachine(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || url.username !== '' || url.password !== '') return undefined;
  return ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname) ? url.origin : undefined;
}

/** Signal 0 asks whether we may send one: not to a process that has gone, nor to one of somebody else. */
function isOwnProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
