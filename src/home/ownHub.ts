import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Discovery, discoveryFile, parseDiscovery } from '../protocol/discovery.ts';
import { UserError } from '../util/errors.ts';
import { translatable } from '../util/sentence.ts';
import { masterSecretFile } from './agentToken.ts';
import { readPrivateFile } from './privateFile.ts';
import type { OwnHub } from './provenConnection.ts';

/** Where the hub keeps its state unless it is told otherwise: `AGENTRQ_HOME`, or `.agentrq` in the home folder. */
export function defaultHome(env: NodeJS.ProcessEnv = process.env): string {
  const home = env['AGENTRQ_HOME'];
  return home === undefined || home === '' ? join(homedir(), '.agentrq') : home;
}

/** The hub of a home folder, as that says. It has proven nothing yet. */
export interface FoundHub extends OwnHub, Discovery {}

/**
 * Where the hub of this folder says that it is; `undefined` if none runs. Whatever listens there has still to prove itself.
 * @throws UserError if the files in the folder can't be trusted
 */
export function findOwnHub(home: string): FoundHub | undefined {
  const file = join(home, discoveryFile);
  const text = readPrivateFile(file);
  const discovery = text === undefined ? undefined : parseDiscovery(text);
  if (discovery === undefined || !isOwnProcess(discovery.pid)) return undefined;
  const port = portOf(discovery.url);
  if (port === undefined) {
    throw new UserError(
      translatable("AgentRQ won't use {0}: it names an address that isn't on this machine. Delete it and restart the hub.", file),
    );
  }
  const secret = readSecret(home);
  return secret === undefined ? undefined : { ...discovery, port, secret };
}

/** What `master-secret` says; `undefined` if it isn't there. @throws UserError if others could have read it */
export function readSecret(home: string): string | undefined {
  const secret = readPrivateFile(join(home, masterSecretFile))?.trim();
  return secret === '' ? undefined : secret;
}

/** The port of an address of a hub: the one address of this machine that hubs listen on. `undefined` if it is none. */
export function portOf(url: string): number | undefined {
  const port = Number(/^http:\/\/127\.0\.0\.1:(\d{1,5})$/.exec(url)?.[1]);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** Signal 0 asks whether we may send one: not to a process that has gone, nor to one of somebody else. */
function isOwnProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
