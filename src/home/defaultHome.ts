import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the hub keeps its state unless it is told otherwise: `AGENTRQ_HOME`, or `.agentrq` in the home folder. */
export function defaultHome(env: NodeJS.ProcessEnv = process.env): string {
  const home = env['AGENTRQ_HOME'];
  return home === undefined || home === '' ? join(homedir(), '.agentrq') : home;
}
