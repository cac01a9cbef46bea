import { join } from 'node:path';
import { readPrivateFile } from '../home/privateFile.ts';
import { type Discovery, discoveryFile, parseDiscovery } from '../protocol/discovery.ts';
import { apiPrefix } from '../protocol/operations.ts';
import { describeError } from '../util/errors.ts';
import { type Hub, type HubOptions, startHub } from './hub.ts';
import { StartError } from './startError.ts';
import { isNewer } from './versions.ts';

/** How long an older hub may take to end its calls and to free the port. */
const handoverMs = 5_000;
const againMs = 50;

/**
 * Starts a hub. If one of an older version has the port, it is asked to step down, in order: an editor that was updated doesn't go on
 * with the hub of a window that wasn't.
 * @throws StartError
 */
export async function startOrSucceed(options: HubOptions & { personToken: string }): Promise<Hub> {
  try {
    return await startHub(options);
  } catch (error) {
    if (!isTaken(error) || !(await askToStepDown(options))) throw error;
  }
  const until = performance.now() + handoverMs;
  for (;;) {
    try {
      return await startHub(options);
    } catch (error) {
      if (!isTaken(error) || performance.now() > until) throw error;
      // Not by a clock whose timers keep no thread alive: nothing else does.
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof StartError && error.code === 'port-taken-by-hub';
}

/** Whether there is an older hub of this home folder that agreed to step down. */
async function askToStepDown({ home, port, version, personToken, log }: HubOptions & { personToken: string }): Promise<boolean> {
  const older = findOlder(home, port, version);
  if (older === undefined) return false;
  log.info(`the hub of ${older.version} is asked to step down for ${version}`);
  try {
    const response = await fetch(`${older.url}${apiPrefix}/hub/step-down`, {
      method: 'POST',
      headers: { authorization: `Bearer ${personToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ version }),
      redirect: 'error',
      signal: AbortSignal.timeout(handoverMs),
    });
    const { accepted } = (await response.json()) as { accepted?: unknown };
    return response.ok && accepted === true;
  } catch (error) {
    log.warn(`the older hub did not step down: ${describeError(error)}`);
    return false;
  }
}

/** The token goes to no other address than that in the private file of this home folder. */
function findOlder(home: string, port: number, version: string): Discovery | undefined {
  const text = readPrivateFile(join(home, discoveryFile));
  const discovery = text === undefined ? undefined : parseDiscovery(text);
  if (discovery === undefined || discovery.url !== `http://127.0.0.1:${port}`) return undefined;
  return isNewer(version, discovery.version) ? discovery : undefined;
}
