import { findOwnHub } from '../../home/ownHub.ts';
import { createProvenFetch } from '../../home/provenFetch.ts';
import { apiPrefix } from '../../protocol/operations.ts';
import { describeError } from '../../util/errors.ts';
import { type Hub, startHub } from '../hub.ts';
import type { HubOptions } from '../start/hubOptions.ts';
import { StartError } from './startError.ts';
import { isNewer } from './versions.ts';

/** How long an older hub may take to end its calls and to free the folder. */
const handoverMs = 5_000;
const againMs = 50;

/**
 * Starts a hub. If one of an older version has the home folder, it is asked to step down, in order: an editor that was updated doesn't go
 * on with the hub of a window that wasn't.
 * @throws StartError
 */
export async function startOrSucceed(options: HubOptions & { userToken: string }): Promise<Hub> {
  try {
    return await startHub(options);
  } catch (error) {
    if (!runsElsewhere(error) || !(await askToStepDown(options))) throw error;
  }
  const until = performance.now() + handoverMs;
  for (;;) {
    try {
      return await startHub(options);
    } catch (error) {
      if (!runsElsewhere(error) || performance.now() > until) throw error;
      // Not by a clock whose timers keep no thread alive: nothing else does.
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }
}

function runsElsewhere(error: unknown): boolean {
  return error instanceof StartError && error.code === 'hub-runs';
}

/** Whether there is an older hub of this home folder that agreed to step down. */
async function askToStepDown({ home, version, userToken, log }: HubOptions & { userToken: string }): Promise<boolean> {
  try {
    const older = findOwnHub(home);
    if (older === undefined || !isNewer(version, older.version)) return false;
    log.info(`the hub of ${older.version} is asked to step down for ${version}`);
    const fetch = createProvenFetch(() => older.secret);
    const response = await fetch(`${older.url}${apiPrefix}/hub/step-down`, {
      method: 'POST',
      headers: { authorization: `Bearer ${userToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ version }),
      signal: AbortSignal.timeout(handoverMs),
    });
    const { accepted } = (await response.json()) as { accepted?: unknown };
    return response.ok && accepted === true;
  } catch (error) {
    log.warn(`the older hub did not step down: ${describeError(error)}`);
    return false;
  }
}
